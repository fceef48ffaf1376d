import type { Found } from './fold.js';
import { backordered, byAcceptance, type Reservation } from './reservation.js';

/**
 * The reservations of one shelf that wait for stock, oldest order first, as far as they are known: nothing is known
 * until `learn`, and a long queue is learned piece by piece.
 */
export class BackorderQueue {
  private waiting: Reservation[] = [];
  private known: 'beginning' | 'all' = 'beginning';

  /** The oldest one; `undefined` when nobody waits, `'unknown'` when only the database can tell. */
  next(): Reservation | undefined | 'unknown' {
    while (this.waiting.length > 0 && backordered(this.waiting[0]!) === 0n) this.waiting.shift();
    return this.waiting[0] ?? (this.known === 'all' ? undefined : 'unknown');
  }

  /** Takes what was found: the oldest ones, in order. */
  learn({ reservations, isAll }: Found): void {
    this.waiting = [...reservations];
    this.known = isAll ? 'all' : 'beginning';
  }

  /** Somebody begins to wait. Behind the known beginning nothing is kept: who is there is read when it is reached. */
  join(reservation: Reservation): void {
    if (this.waiting.includes(reservation)) return;
    const at = this.waiting.findIndex((other) => byAcceptance(reservation, other) < 0);
    if (at >= 0) this.waiting.splice(at, 0, reservation);
    else if (this.known === 'all') this.waiting.push(reservation);
  }
}
