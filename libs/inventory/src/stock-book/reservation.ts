import type { ReservationOutcome } from '../contract/inventory.vocabulary.js';
import type { Quantity } from './quantity.js';

/** What inventory knows of an order: the revision that is done and the outcome that its timeline tells. */
export interface OrderRecord {
  readonly orderId: string;
  readonly tenantId: string | null;
  /** When the order was accepted, RFC 3339 UTC with microseconds; backorders are filled in this order. */
  readonly createdAt: string;
  /** 0 until the first revision is done. */
  revision: number;
  outcome: ReservationOutcome | undefined;
  /** All its reservations when the order itself is decided, else at least those that wait for stock. */
  readonly lines: Reservation[];
}

/** What one order line wants and has reserved on one shelf. */
export interface Reservation {
  readonly order: OrderRecord;
  readonly orderLineId: string;
  readonly stockId: string;
  readonly sku: string;
  readonly location: string;
  quantity: Quantity;
  reserved: Quantity;
  /** The order's revision, and the number of the shelf's newest ledger row, when this was last decided. */
  revision: number;
  stockSequence: number;
}

/** What of a reservation waits for stock. */
export function backordered({ quantity, reserved }: Reservation): Quantity {
  return quantity - reserved;
}

/** Sorts in order of acceptance: older orders first, then by line, so that the order is total. */
export function byAcceptance(a: Reservation, b: Reservation): number {
  return (
    compare(a.order.createdAt, b.order.createdAt) ||
    compare(a.order.orderId, b.order.orderId) ||
    compare(a.orderLineId, b.orderLineId)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
