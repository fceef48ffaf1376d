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

/** Newest order first. */
const RESERVATIONS = `
SELECT id, order_id AS "orderId", order_line_id AS "orderLineId", sku, location, trim_scale(quantity) AS quantity,
       trim_scale(backordered_quantity) AS "backorderedQuantity", state, origin
  FROM inventory.reservation
 WHERE ($1::uuid IS NULL OR order_id = $1)
   AND ($2::text IS NULL OR stock_id IN (SELECT id FROM inventory.stock WHERE sku = $2))
   AND ($3::text IS NULL OR state = $3) AND ($4::uuid IS NULL OR id < $4)
 ORDER BY id DESC LIMIT $5`;

/** Newest cause first; within a counter the sequence says what came first. */
const LEDGER = `
SELECT id, sku, location, kind, trim_scale(delta_on_hand) AS "deltaOnHand", trim_scale(delta_reserved) AS "deltaReserved",
       sequence, trim_scale(on_hand_before) AS "onHandBefore", trim_scale(reserved_before) AS "reservedBefore",
       trim_scale(counted) AS counted, order_id AS "orderId", order_line_id AS "orderLineId",
       order_revision AS "orderRevision", reason, reference, idempotency_key AS "idempotencyKey", actor,
       recorded_at AS "recordedAt"
  FROM inventory.stock_ledger
 WHERE ($1::text IS NULL OR stock_id IN (SELECT id FROM inventory.stock WHERE sku = $1))
   AND ($2::text IS NULL OR kind = $2) AND ($3::uuid IS NULL OR id < $3)
 ORDER BY id DESC LIMIT $4`;

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
    return tx.query(RESERVATIONS, [orderId, sku, state, after?.[0] ?? null, count]);
  }

  async ledger(
    tx: ModuleTx,
    filter: PagePart & { readonly sku?: string | undefined; readonly kind?: StockMovement | undefined },
  ): Promise<Listed[]> {
    const { sku = null, kind = null, after, count } = filter;
    return tx.query(LEDGER, [sku, kind, after?.[0] ?? null, count]);
  }
}
