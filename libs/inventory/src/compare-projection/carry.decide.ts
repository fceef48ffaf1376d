import type { Fold } from '../stock-book/fold.js';
import { smaller } from '../stock-book/quantity.js';
import { backordered, type Reservation } from '../stock-book/reservation.js';
import { available } from '../stock-book/shelf.js';
import type { StockBook } from '../stock-book/stock-book.js';

/**
 * Reserves what was written down by hand, as far as there is stock; what is short waits, and its order is told. That an
 * order has everything is for the intake to say, who knows all its lines. Pure.
 * @param causes id of the cause by order line
 */
// eslint-disable-next-line require-yield -- a fold that lacks nothing
export function* decideCarrying(
  lines: readonly Reservation[],
  book: StockBook,
  causes: ReadonlyMap<string, string>,
): Fold {
  for (const line of lines) {
    const cause = { id: causes.get(line.orderLineId)! };
    book.wants(line, line.quantity);
    book.reserve(line, smaller(backordered(line), available(book.shelf(line.stockId))), cause);
    if (backordered(line) > 0n) book.conclude(line.order, 'backordered', cause);
  }
}
