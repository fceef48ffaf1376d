import type { NewStatus } from '@orderkeel/order/contract';
import type { LedgerEntry, Plan, ShelfMove } from './plan.js';
import type { Quantity } from './quantity.js';
import type { OrderRecord, Reservation } from './reservation.js';
import type { Shelf } from './shelf.js';

/** Gathers what is decided until it is written: rows that change often are written once. */
export class PlanInProgress {
  readonly entries: LedgerEntry[] = [];
  readonly reservations = new Set<Reservation>();
  readonly orders = new Set<OrderRecord>();
  readonly statuses: NewStatus[] = [];
  private readonly moves = new Map<Shelf, ShelfMove>();

  /** Adds to how far the shelf moves; call it before the shelf's own figures change. */
  move(shelf: Shelf, deltaOnHand: Quantity, deltaReserved: Quantity): void {
    const so = this.moves.get(shelf);
    this.moves.set(shelf, {
      shelf,
      fromSequence: so?.fromSequence ?? shelf.sequence,
      deltaOnHand: (so?.deltaOnHand ?? 0n) + deltaOnHand,
      deltaReserved: (so?.deltaReserved ?? 0n) + deltaReserved,
    });
  }

  /** Gives everything gathered, in the order of the decisions, and begins anew. */
  take(): Plan {
    const plan = {
      moves: [...this.moves.values()],
      entries: this.entries.splice(0),
      reservations: [...this.reservations],
      orders: [...this.orders],
      statuses: this.statuses.splice(0),
    };
    this.moves.clear();
    this.reservations.clear();
    this.orders.clear();
    return plan;
  }
}
