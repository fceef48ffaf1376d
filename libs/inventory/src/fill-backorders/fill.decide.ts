import type { Fold } from '../stock-book/fold.js';
import type { Cause } from '../stock-book/plan.js';
import { smaller } from '../stock-book/quantity.js';
import { backordered, type OrderRecord } from '../stock-book/reservation.js';
import { available, type Shelf } from '../stock-book/shelf.js';
import type { StockBook } from '../stock-book/stock-book.js';

/**
 * What became available on a shelf goes to those who wait for it, in order of acceptance, while it lasts. An order that
 * has everything now is told so; one that stays short is not. Pure.
 * @param cause what made stock available
 * @param undecided an order whose own outcome is told elsewhere
 */
export function* fillBackorders(book: StockBook, shelf: Shelf, cause: Cause, undecided?: OrderRecord): Fold {
  while (available(shelf) > 0n) {
    const waiting = book.backordersOn(shelf).next();
    if (waiting === undefined) return;
    if (waiting === 'unknown') {
      const found = yield { kind: 'backorders', shelf };
      book.backordersOn(shelf).learn(found);
      continue;
    }
    book.reserve(waiting, smaller(backordered(waiting), available(shelf)), cause);
    if (waiting.order !== undecided) tellWhenComplete(book, waiting.order, cause);
  }
}

function tellWhenComplete(book: StockBook, order: OrderRecord, cause: Cause): void {
  if (order.lines.every((line) => backordered(line) === 0n)) book.conclude(order, 'confirmed', cause);
}
