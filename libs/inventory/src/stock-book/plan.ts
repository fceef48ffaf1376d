import type { NewStatus } from '@orderkeel/order/contract';
import type { StockMovement } from '../contract/stock-ledger.contract.js';
import type { Quantity } from './quantity.js';
import type { OrderRecord, Reservation } from './reservation.js';
import type { Shelf } from './shelf.js';

/** What a receipt or an adjustment says about its own ledger row. */
export interface MovementNote {
  readonly reason?: string;
  readonly reference?: string | null;
  readonly idempotencyKey: string | null;
  /** What a count found. */
  readonly counted?: Quantity | undefined;
}

/** The row that something happens because of: an order or its adjustment, a receipt, a stock adjustment. */
export interface Cause {
  readonly id: string;
  /** Who did it; the writer of the transaction when absent. */
  readonly actor?: string | undefined;
}

/** One row to append to the ledger. */
export interface LedgerEntry {
  readonly shelf: Shelf;
  readonly sequence: number;
  readonly kind: StockMovement;
  readonly deltaOnHand: Quantity;
  readonly deltaReserved: Quantity;
  readonly onHandBefore: Quantity;
  readonly reservedBefore: Quantity;
  readonly cause: Cause;
  readonly line?: { readonly orderId: string; readonly orderLineId: string; readonly revision: number } | undefined;
  readonly note?: MovementNote | undefined;
}

/** How far a counter moved, from which ledger row on. */
export interface ShelfMove {
  readonly shelf: Shelf;
  readonly fromSequence: number;
  readonly deltaOnHand: Quantity;
  readonly deltaReserved: Quantity;
}

/** Everything that was decided and is not written yet: one statement per table. */
export interface Plan {
  readonly moves: readonly ShelfMove[];
  readonly entries: readonly LedgerEntry[];
  /** Reservations to make, as they are now. */
  readonly opened: readonly Reservation[];
  /** Stored reservations that were decided anew. */
  readonly changed: readonly Reservation[];
  readonly orders: readonly OrderRecord[];
  readonly statuses: readonly NewStatus[];
}
