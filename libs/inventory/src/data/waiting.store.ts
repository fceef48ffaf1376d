import { Injectable } from '@nestjs/common';
import type { ModuleTx } from '@orderkeel/platform';
import type { Found, Need } from '../stock-book/fold.js';
import { type Quantity, quantityText, UNIT } from '../stock-book/quantity.js';
import { available, type Shelf } from '../stock-book/shelf.js';
import type { StockBook } from '../stock-book/stock-book.js';
import { OrderRecordStore, RESERVATION_ROW, RESERVED, type ReservationRow } from './order-record.store.js';

/** Reservations that are read in one piece, of all shelves together. */
const PIECE = 1_000;
/** Of each shelf at least, however many shelves there are. */
const LEAST_OF_EACH = 20;

interface FoundRow extends ReservationRow {
  /** How many were looked at; fewer than asked for means that there are no others. */
  readonly seen: number;
}

/** Who waits for stock, oldest order first, and who gives back, newest first. */
@Injectable()
export class WaitingStore {
  constructor(private readonly orders: OrderRecordStore) {}

  /** Finds what a decision lacks. */
  async find(tx: ModuleTx, book: StockBook, need: Need): Promise<Found> {
    if (need.kind === 'newest') return this.newest(tx, book, need.shelf, need.quantity);
    const found = await this.oldest(tx, book, new Map([[need.shelf, available(need.shelf)]]));
    return found.get(need.shelf)!;
  }

  /** Reads who waits on the shelves that a decision may free the given quantities on, so that it need not stop there. */
  async readAhead(tx: ModuleTx, book: StockBook, mayBeFreed: ReadonlyMap<Shelf, Quantity>): Promise<void> {
    const found = await this.oldest(tx, book, mayBeFreed);
    for (const [shelf, waiting] of found) book.backordersOn(shelf).learn(waiting);
  }

  /**
   * The oldest backorders of each shelf that together want the given quantity, or a piece of them. Orders whose own events
   * are parked are left out: they would be filled behind what is parked (reliability 3.8).
   */
  private async oldest(
    tx: ModuleTx,
    book: StockBook,
    wanted: ReadonlyMap<Shelf, Quantity>,
  ): Promise<Map<Shelf, Found>> {
    if (wanted.size === 0) return new Map();
    const shelves = [...wanted.keys()];
    const most = Math.max(LEAST_OF_EACH, Math.floor(PIECE / shelves.length));
    const limits = [...wanted.values()].map((quantity) => limitFor(quantity, most));
    const rows = await tx.query<FoundRow>(OLDEST, [
      shelves.map(({ stockId }) => stockId),
      [...wanted.values()].map(quantityText),
      limits,
    ]);
    await this.orders.invite(tx, book, rows);
    const byStock = new Map<string, FoundRow[]>(shelves.map(({ stockId }) => [stockId, []]));
    for (const row of rows) byStock.get(row.stockId)?.push(row);
    return new Map(shelves.map((shelf, nth) => [shelf, foundOf(byStock.get(shelf.stockId)!, limits[nth]!, book)]));
  }

  private async newest(tx: ModuleTx, book: StockBook, shelf: Shelf, quantity: Quantity): Promise<Found> {
    const rows = await tx.query<FoundRow>(NEWEST, [shelf.stockId, quantityText(quantity), PIECE]);
    await this.orders.invite(tx, book, rows);
    return foundOf(rows, PIECE, book);
  }
}

/**
 * How many backorders to look at for a quantity: as many as it has units, since hardly one waits for less than a unit.
 * Where that is too few, the decision asks again.
 */
function limitFor(quantity: Quantity, most: number): number {
  const units = Number(quantity / UNIT) + 1;
  return Math.min(most, Math.max(LEAST_OF_EACH, units));
}

function foundOf(rows: readonly FoundRow[], limit: number, book: StockBook): Found {
  const seen = rows[0]?.seen ?? 0;
  return {
    reservations: rows.map((row) => book.reservationOf(row.orderLineId)!),
    isAll: rows.length === seen && seen < limit,
  };
}

const OLDEST = `
SELECT q.* FROM unnest($1::uuid[], $2::numeric[], $3::int[]) WITH ORDINALITY AS w (stock_id, wanted, most, place)
 CROSS JOIN LATERAL (
   SELECT o.*, count(*) OVER () AS seen,
          coalesce(sum(o.short) OVER (ORDER BY o.place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS ahead
     FROM (SELECT ${RESERVATION_ROW}, r.backordered_quantity AS short,
                  row_number() OVER (ORDER BY r.order_created_at, r.order_id, r.order_line_id) AS place
             FROM inventory.reservation AS r
            WHERE r.stock_id = w.stock_id AND r.backordered_quantity > 0
              AND NOT EXISTS (SELECT FROM cdc.parked_key AS p
                               WHERE p.executor = 'inventoryReservationIntake' AND p.key = r.order_id::text)
            ORDER BY r.order_created_at, r.order_id, r.order_line_id LIMIT w.most) AS o) AS q
 WHERE q.ahead < w.wanted ORDER BY w.place, q.place`;

const NEWEST = `
SELECT q.* FROM (
   SELECT o.*, count(*) OVER () AS seen,
          coalesce(sum(o.held) OVER (ORDER BY o.place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS ahead
     FROM (SELECT ${RESERVATION_ROW}, ${RESERVED} AS held,
                  row_number() OVER (ORDER BY r.order_created_at DESC, r.order_id DESC, r.order_line_id DESC) AS place
             FROM inventory.reservation AS r
            WHERE r.stock_id = $1 AND r.quantity > r.backordered_quantity AND r.state <> 'fulfilled'
            ORDER BY r.order_created_at DESC, r.order_id DESC, r.order_line_id DESC LIMIT $3) AS o) AS q
 WHERE q.ahead < $2::numeric AND q.held > 0 ORDER BY q.place`;
