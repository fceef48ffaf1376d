import type { EffectiveOrder } from '@orderkeel/order/contract';
import { type Quantity, quantityOf } from '../stock-book/quantity.js';
import type { Shelf } from '../stock-book/shelf.js';
import type { StockBook } from '../stock-book/stock-book.js';

/**
 * How much the orders may make available at most, by shelf: what their lines want less now than they did. So that who
 * waits there can be read for all of them at once, before anything is decided. Pure.
 */
export function mayBeFreed(orders: readonly EffectiveOrder[], book: StockBook): Map<Shelf, Quantity> {
  const freed = new Map<Shelf, Quantity>();
  for (const order of orders) {
    for (const line of order.lines) {
      const reservation = book.reservationOf(line.orderLineId);
      const less = reservation ? reservation.quantity - quantityOf(line.quantity) : 0n;
      if (!reservation || less <= 0n) continue;
      const shelf = book.shelf(reservation.stockId);
      freed.set(shelf, (freed.get(shelf) ?? 0n) + less);
    }
  }
  return freed;
}
