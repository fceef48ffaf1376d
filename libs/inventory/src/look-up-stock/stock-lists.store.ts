import { Injectable } from '@nestjs/common';
import type { ModuleTx } from '@orderkeel/platform';
import type { ReservationState } from '../contract/reservation.contract.js';
import type { StockMovement } from '../contract/stock-ledger.contract.js';

/** Where a page begins and how much it takes. */
interface PagePart {
  readonly after: readonly string[] | undefined;
  readonly count: number;
}

/** What is left of one SKU at one location. */
export interface RemainingStock {
  readonly sku: string;
  readonly location: string;
  /** Of the counter; a tenant may see its own and a shared one of the same SKU and location. */
  readonly stockId: string;
}

/** A row with an id that the list is sorted by. */
export interface Listed {
  readonly id: string;
}

/** The stock of SKUs, in order of SKU and location. */
const REMAINING = `
SELECT sku, location, trim_scale(on_hand) AS "onHand", trim_scale(reserved) AS reserved,
       trim_scale(available) AS available, trim_scale(incoming) AS incoming, stock_id AS "stockId"
  FROM inventory.remaining_stock
 WHERE ($1::text IS NULL OR sku = $1) AND ($2::text IS NULL OR location = $2)
   AND ($3::text IS NULL OR (sku, location, stock_id) > ($3, $4::text, $5::uuid))
 ORDER BY sku, location, stock_id LIMIT $6`;

const RESERVATION = `id, order_id AS "orderId", order_line_id AS "orderLineId", sku, location,
  trim_scale(quantity) AS quantity, trim_scale(backordered_quantity) AS "backorderedQuantity", state, origin`;

const LEDGER_ENTRY = `id, sku, location, kind, trim_scale(delta_on_hand) AS "deltaOnHand",
  trim_scale(delta_reserved) AS "deltaReserved", sequence, trim_scale(on_hand_before) AS "onHandBefore",
  trim_scale(reserved_before) AS "reservedBefore", trim_scale(counted) AS counted, order_id AS "orderId",
  order_line_id AS "orderLineId", order_revision AS "orderRevision", reason, reference,
  idempotency_key AS "idempotencyKey", actor, recorded_at AS "recordedAt"`;

/** The counters of one SKU; an array, so that an index by counter is used. */
const OF_SKU = 'stock_id = ANY (ARRAY(SELECT s.id FROM inventory.stock AS s WHERE s.sku = $1))';

/**
 * Newest id first. What the filter leaves of one order or SKU is found by its index and sorted then: the planner would
 * otherwise walk all rows from the newest back until it has met enough of them.
 */
function newestFirst(table: string, columns: string, narrow: string | null, others: string): string {
  const rows = narrow
    ? `(WITH narrowed AS MATERIALIZED (SELECT * FROM ${table} WHERE ${narrow}) SELECT * FROM narrowed)`
    : `(SELECT * FROM ${table} WHERE $1::text IS NULL)`;
  return `SELECT ${columns} FROM ${rows} AS found WHERE ${others} AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`;
}

/** What callers look up of stock; others read the view inventory.remaining_stock (inventory S1.104). */
@Injectable()
export class StockListStore {
  async remaining(
    tx: ModuleTx,
    {
      sku,
      location,
      after,
      count,
    }: PagePart & { readonly sku?: string | undefined; readonly location?: string | undefined },
  ): Promise<RemainingStock[]> {
    const [afterSku = null, afterLocation = null, afterId = null] = after ?? [];
    return tx.query(REMAINING, [sku ?? null, location ?? null, afterSku, afterLocation, afterId, count]);
  }

  async reservations(
    tx: ModuleTx,
    filter: PagePart & {
      readonly orderId?: string | undefined;
      readonly sku?: string | undefined;
      readonly state?: ReservationState | undefined;
    },
  ): Promise<Listed[]> {
    const { orderId = null, sku = null, state = null, after, count } = filter;
    const narrow = orderId === null ? sku && OF_SKU : 'order_id = $1::uuid';
    const others = `($2::text IS NULL OR state = $2) AND ($5::text IS NULL OR sku = $5)`;
    const statement = newestFirst('inventory.reservation', RESERVATION, narrow, others);
    return tx.query(statement, [orderId ?? sku, state, after?.[0] ?? null, count, sku]);
  }

  async ledger(
    tx: ModuleTx,
    filter: PagePart & { readonly sku?: string | undefined; readonly kind?: StockMovement | undefined },
  ): Promise<Listed[]> {
    const { sku = null, kind = null, after, count } = filter;
    const others = '($2::text IS NULL OR kind = $2)';
    const statement = newestFirst('inventory.stock_ledger', LEDGER_ENTRY, sku && OF_SKU, others);
    return tx.query(statement, [sku, kind, after?.[0] ?? null, count]);
  }
}
