import { Injectable } from '@nestjs/common';
import { type ModuleTx, together } from '@orderkeel/platform';
import type { ReservationOutcome } from '../contract/inventory.vocabulary.js';
import { quantityOf } from '../stock-book/quantity.js';
import type { OrderRecord, Reservation } from '../stock-book/reservation.js';
import type { StockBook } from '../stock-book/stock-book.js';

/** A reservation as it is read. */
export interface ReservationRow {
  readonly orderId: string;
  readonly tenantId: string | null;
  readonly orderCreatedAt: string;
  readonly orderLineId: string;
  readonly stockId: string;
  readonly sku: string;
  readonly location: string;
  readonly quantity: string;
  readonly reserved: string;
  readonly revision: number;
  readonly stockSequence: number;
}

/** What a reservation `r` has in the counter: of one made by hand it may be less than it says, until it is carried. */
export const RESERVED = `CASE r.origin WHEN 'automated' THEN r.quantity - r.backordered_quantity ELSE
  (SELECT coalesce(sum(l.delta_reserved), 0) FROM inventory.stock_ledger AS l WHERE l.order_line_id = r.order_line_id) END`;

/** Columns of a `ReservationRow`, of inventory.reservation as `r`. */
export const RESERVATION_ROW = `r.order_id AS "orderId", r.tenant_id AS "tenantId",
  r.order_created_at AS "orderCreatedAt", r.order_line_id AS "orderLineId", r.stock_id AS "stockId", r.sku, r.location,
  r.quantity, ${RESERVED} AS reserved, r.order_revision AS revision,
  r.stock_sequence AS "stockSequence"`;

interface OrderRow {
  readonly orderId: string;
  readonly tenantId: string | null;
  readonly createdAt: string;
  readonly revision: number;
  readonly outcome: ReservationOutcome;
}

const ORDER_ROW = `id AS "orderId", tenant_id AS "tenantId", order_created_at AS "createdAt", revision, outcome`;

/** What inventory knows of orders: the revision that is done, the outcome told, their reservations. */
@Injectable()
export class OrderRecordStore {
  /**
   * Reads orders that are about to be decided, with all their lines. The counters of all their SKUs must be locked: who
   * fills a backorder of theirs holds one of those locks.
   */
  async read(tx: ModuleTx, book: StockBook, orderIds: readonly string[]): Promise<void> {
    const [orders, lines] = await together(
      tx.query<OrderRow>(`SELECT ${ORDER_ROW} FROM inventory.order_reservation WHERE id = ANY($1::uuid[])`, [orderIds]),
      tx.query<ReservationRow>(
        `SELECT ${RESERVATION_ROW} FROM inventory.reservation AS r WHERE r.order_id = ANY($1::uuid[])
          ORDER BY r.order_id, r.id`,
        [orderIds],
      ),
    );
    for (const order of orders) book.addOrder({ ...order, lines: [] });
    for (const line of lines) adopt(book, line, (order) => book.addOrder(order));
  }

  /**
   * Brings orders into the book for the sake of the given lines, with all their lines that wait for stock. Orders are
   * locked, sorted, since two who fill different SKUs of one order must not both leave its last word to the other.
   */
  async invite(tx: ModuleTx, book: StockBook, lines: readonly ReservationRow[]): Promise<Reservation[]> {
    const strangers = new Map(
      lines.filter(({ orderId }) => !book.orders.has(orderId)).map((line) => [line.orderId, line]),
    );
    if (strangers.size > 0) await this.welcome(tx, book, [...strangers.keys()]);
    return lines.map(
      (line) => book.reservationOf(line.orderLineId) ?? adopt(book, line, (order) => book.addVisitor(order)),
    );
  }

  /** Reads single lines, with their orders, under the same locks. */
  async readLines(tx: ModuleTx, book: StockBook, orderLineIds: readonly string[]): Promise<Reservation[]> {
    const lines = await tx.query<ReservationRow>(
      `SELECT ${RESERVATION_ROW} FROM inventory.reservation AS r WHERE r.order_line_id = ANY($1::uuid[]) ORDER BY r.id`,
      [orderLineIds],
    );
    return this.invite(tx, book, lines);
  }

  private async welcome(tx: ModuleTx, book: StockBook, orderIds: readonly string[]): Promise<void> {
    const orders = await tx.query<OrderRow>(
      `SELECT ${ORDER_ROW} FROM inventory.order_reservation WHERE id = ANY($1::uuid[])
        ORDER BY order_created_at, id FOR UPDATE`,
      [orderIds],
    );
    const short = await tx.query<ReservationRow>(
      `SELECT ${RESERVATION_ROW} FROM inventory.reservation AS r
        WHERE r.order_id = ANY($1::uuid[]) AND r.backordered_quantity > 0 ORDER BY r.order_id, r.id`,
      [orderIds],
    );
    for (const order of orders) book.addVisitor({ ...order, lines: [] });
    for (const line of short) adopt(book, line, (order) => book.addVisitor(order));
  }
}

/** A line of an order that no revision was decided of (reserved by hand) makes the order known, with nothing done. */
function adopt(book: StockBook, line: ReservationRow, add: (order: OrderRecord) => void): Reservation {
  const { orderId, tenantId, orderCreatedAt: createdAt } = line;
  const unknown: OrderRecord = { orderId, tenantId, createdAt, revision: 0, outcome: undefined, lines: [] };
  const order = book.orders.get(orderId) ?? unknown;
  if (order === unknown) add(order);
  const reservation = reservationOf(line, order);
  book.addReservation(reservation);
  return reservation;
}

function reservationOf(row: ReservationRow, order: OrderRecord): Reservation {
  const { orderLineId, stockId, sku, location, revision, stockSequence } = row;
  const [quantity, reserved] = [quantityOf(row.quantity), quantityOf(row.reserved)];
  return { order, orderLineId, stockId, sku, location, quantity, reserved, revision, stockSequence };
}
