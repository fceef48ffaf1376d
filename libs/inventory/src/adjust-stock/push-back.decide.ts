import type { Fold } from '../stock-book/fold.js';
import type { Cause } from '../stock-book/plan.js';
import { type Quantity, quantityText, smaller } from '../stock-book/quantity.js';
import { byAcceptance, type OrderRecord } from '../stock-book/reservation.js';
import type { Shelf } from '../stock-book/shelf.js';
import type { StockBook } from '../stock-book/stock-book.js';

/**
 * Takes stock back from the newest orders that have some reserved on the shelf, and tells each of them once. Pure.
 * @param missing how much is to be given back; nothing happens when it is not above 0
 */
export function* pushBackNewest(book: StockBook, shelf: Shelf, missing: Quantity, cause: Cause): Fold {
  let order: OrderRecord | undefined;
  while (missing > 0n) {
    const { reservations } = yield { kind: 'newest', shelf, quantity: missing };
    if (reservations.length === 0) throw unexplained(shelf, missing);
    for (const reservation of reservations) {
      const back = smaller(reservation.reserved, missing);
      // An order's lines follow one another, but a search may have ended between them.
      if (order && order.orderId !== reservation.order.orderId) tell(order, book, cause);
      order = reservation.order;
      book.release(reservation, back, cause);
      book.wants(reservation, reservation.quantity);
      missing -= back;
    }
  }
  if (order) tell(order, book, cause);
}

/** Short lines are named in one order, in whatever order they were found. */
function tell(order: OrderRecord, book: StockBook, cause: Cause): void {
  order.lines.sort(byAcceptance);
  book.conclude(order, 'backordered', cause);
}

function unexplained({ stockId }: Shelf, missing: Quantity): Error {
  const message = `stock ${stockId} has ${quantityText(missing)} reserved that no reservation holds`;
  return Object.assign(new Error(message), { code: 'reservations-differ', retriable: false });
}
