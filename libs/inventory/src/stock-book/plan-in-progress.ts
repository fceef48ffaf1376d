import type { NewStatus } from '@orderkeel/order/contract';
import type { StockMovement } from '../contract/stock-ledger.contract.js';
import type { Cause, LedgerEntry, MovementNote, Plan, ShelfMove } from './plan.js';
import type { Quantity } from './quantity.js';
import type { OrderRecord, Reservation } from './reservation.js';
import type { Shelf } from './shelf.js';

/** One movement of one shelf. */
interface Movement {
  readonly kind: StockMovement;
  readonly deltaOnHand?: Quantity;
  readonly deltaReserved?: Quantity;
  readonly cause: Cause;
  readonly line?: LedgerEntry['line'];
  readonly note?: MovementNote;
}

/** Gathers what is decided until it is written: rows that change often are written once. */
export class PlanInProgress {
  readonly entries: LedgerEntry[] = [];
  /** Reservations that are not stored yet. */
  readonly opened = new Set<Reservation>();
  readonly reservations = new Set<Reservation>();
  readonly orders = new Set<OrderRecord>();
  readonly statuses: NewStatus[] = [];
  private readonly moves = new Map<Shelf, ShelfMove>();

  /** Moves the shelf on and writes the ledger row that says so. */
  move(shelf: Shelf, { kind, deltaOnHand = 0n, deltaReserved = 0n, cause, line, note }: Movement): void {
    const sofar = this.moves.get(shelf);
    this.moves.set(shelf, {
      shelf,
      fromSequence: sofar?.fromSequence ?? shelf.sequence,
      deltaOnHand: (sofar?.deltaOnHand ?? 0n) + deltaOnHand,
      deltaReserved: (sofar?.deltaReserved ?? 0n) + deltaReserved,
    });
    const { onHand: onHandBefore, reserved: reservedBefore } = shelf;
    shelf.onHand += deltaOnHand;
    shelf.reserved += deltaReserved;
    shelf.sequence += 1;
    const { sequence } = shelf;
    this.entries.push({
      shelf,
      sequence,
      kind,
      deltaOnHand,
      deltaReserved,
      onHandBefore,
      reservedBefore,
      cause,
      line,
      note,
    });
  }

  /** Gives everything gathered, in the order of the decisions, and begins anew. */
  take(): Plan {
    const plan = {
      moves: [...this.moves.values()],
      entries: this.entries.splice(0),
      opened: [...this.opened],
      changed: [...this.reservations].filter((reservation) => !this.opened.has(reservation)),
      orders: [...this.orders],
      statuses: this.statuses.splice(0),
    };
    this.moves.clear();
    this.opened.clear();
    this.reservations.clear();
    this.orders.clear();
    return plan;
  }
}
