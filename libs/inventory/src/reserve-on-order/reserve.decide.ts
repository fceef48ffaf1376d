import type { EffectiveOrder } from '@orderkeel/order/contract';
import { fillBackorders } from '../fill-backorders/fill.decide.js';
import type { Fold } from '../stock-book/fold.js';
import { outcomeOf } from '../stock-book/outcome.js';
import type { Cause } from '../stock-book/plan.js';
import { type Quantity, quantityOf, smaller } from '../stock-book/quantity.js';
import { backordered, type OrderRecord, type Reservation } from '../stock-book/reservation.js';
import { available, type Shelf } from '../stock-book/shelf.js';
import type { StockBook } from '../stock-book/stock-book.js';

/** Where a SKU of an order may be reserved, best location first; nothing for a SKU that nobody counts. */
export type ShelvesFor = (order: EffectiveOrder, sku: string) => readonly Shelf[];

/**
 * Reserves what orders want, one after the other, each seeing what the earlier ones took: per line *target minus done*.
 * A revision that is done already changes nothing. Pure.
 */
export function* decideReservations(orders: readonly EffectiveOrder[], book: StockBook, shelvesFor: ShelvesFor): Fold {
  for (const order of orders) yield* replan(order, book, shelvesFor);
}

function* replan(order: EffectiveOrder, book: StockBook, shelvesFor: ShelvesFor): Fold {
  const record = book.orders.get(order.orderId) ?? begin(order, book);
  if (record.revision >= order.revision) return;
  const cause = { id: order.causeId };
  const before = figures(record);
  record.revision = order.revision;
  const freed = setTargets(order, book, cause);
  // Who waits comes first, so that a revision cannot overtake older orders with what it gives back itself.
  for (const shelf of freed) yield* fillBackorders(book, shelf, cause, record);
  takeWhatIsShort(order, record, book, shelvesFor, cause);
  const outcome = order.cancelled ? 'cancelled' : outcomeOf(record.lines);
  const isNews = outcome !== record.outcome || figures(record) !== before;
  sortAsOrdered(record, order);
  book.conclude(record, outcome, isNews ? cause : undefined);
}

function begin({ orderId, tenantId, createdAt }: EffectiveOrder, book: StockBook): OrderRecord {
  const record: OrderRecord = { orderId, tenantId, createdAt, revision: 0, outcome: undefined, lines: [] };
  book.addOrder(record);
  return record;
}

/** Sets what the lines want now, and gives the shelves where that made something available. */
function setTargets(order: EffectiveOrder, book: StockBook, cause: Cause): Set<Shelf> {
  const freed = new Set<Shelf>();
  for (const line of order.lines) {
    const reservation = book.reservationOf(line.orderLineId);
    const target = quantityOf(line.quantity);
    if (!reservation || reservation.quantity === target) continue;
    const excess = reservation.reserved - target;
    book.release(reservation, excess, cause);
    book.wants(reservation, target);
    if (excess > 0n) freed.add(book.shelf(reservation.stockId));
  }
  return freed;
}

function takeWhatIsShort(
  order: EffectiveOrder,
  record: OrderRecord,
  book: StockBook,
  shelvesFor: ShelvesFor,
  cause: Cause,
): void {
  for (const line of order.lines) {
    const known = book.reservationOf(line.orderLineId);
    const reservation =
      known ?? open(line.orderLineId, quantityOf(line.quantity), record, book, shelvesFor(order, line.sku));
    if (!reservation) continue;
    const most = available(book.shelf(reservation.stockId));
    book.reserve(reservation, smaller(backordered(reservation), most), cause);
  }
}

/** The first location that covers the whole line, else the first one; its rest waits there. */
function open(
  orderLineId: string,
  quantity: Quantity,
  record: OrderRecord,
  book: StockBook,
  shelves: readonly Shelf[],
): Reservation | undefined {
  const shelf = shelves.find((candidate) => available(candidate) >= quantity) ?? shelves[0];
  return shelf && quantity > 0n ? book.open(record, orderLineId, shelf, quantity) : undefined;
}

/** Timelines name short lines in the order of the order's lines. */
function sortAsOrdered({ lines }: OrderRecord, order: EffectiveOrder): void {
  const places = new Map(order.lines.map(({ orderLineId }, place) => [orderLineId, place]));
  lines.sort((a, b) => places.get(a.orderLineId)! - places.get(b.orderLineId)!);
}

/** What the order's lines want and have, as they stand in the record, to tell whether a revision changed anything. */
function figures({ lines }: OrderRecord): string {
  return lines.map(({ quantity, reserved }) => `${quantity}/${reserved}`).join();
}
