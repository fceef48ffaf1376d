import { Injectable } from '@nestjs/common';
import type { ModuleTx } from '@orderkeel/platform';
import { type Filter, readFiltered } from '../api/filtered.js';
import type { ReservationState } from '../contract/reservation.contract.js';
import type { StockMovement } from '../contract/stock-ledger.contract.js';

/** Where a page begins and how much it takes. */
interface PagePart {
  readonly after: readonly string[] | undefined;
  readonly count: number;
}

interface RemainingFilter {
  readonly sku?: string | undefined;
  readonly location?: string | undefined;
}

interface ReservationFilter {
  readonly orderId?: string | undefined;
  readonly sku?: string | undefined;
  readonly state?: ReservationState | undefined;
}

interface LedgerFilter {
  readonly sku?: string | undefined;
  readonly kind?: StockMovement | undefined;
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

const REMAINING = `
SELECT sku, location, trim_scale(on_hand) AS "onHand", trim_scale(reserved) AS reserved,
       trim_scale(available) AS available, trim_scale(incoming) AS incoming, stock_id AS "stockId"
  FROM inventory.remaining_stock`;

const RESERVATIONS = `
SELECT id, order_id AS "orderId", order_line_id AS "orderLineId", sku, location, trim_scale(quantity) AS quantity,
       trim_scale(backordered_quantity) AS "backorderedQuantity", state, origin
  FROM inventory.reservation`;

const LEDGER = `
SELECT id, sku, location, kind, trim_scale(delta_on_hand) AS "deltaOnHand", trim_scale(delta_reserved) AS "deltaReserved",
       sequence, trim_scale(on_hand_before) AS "onHandBefore", trim_scale(reserved_before) AS "reservedBefore",
       trim_scale(counted) AS counted, order_id AS "orderId", order_line_id AS "orderLineId",
       order_revision AS "orderRevision", reason, reference, idempotency_key AS "idempotencyKey", actor,
       recorded_at AS "recordedAt"
  FROM inventory.stock_ledger`;

/** By the counters of a SKU, whose index both tables have. */
const OF_SKU = 'stock_id = ANY(ARRAY(SELECT s.id FROM inventory.stock AS s WHERE s.sku = ?))';

/** What callers look up of stock; others read the view inventory.remaining_stock (inventory S1.104). */
@Injectable()
export class StockListStore {
  /** In order of SKU and location. */
  async remaining(
    tx: ModuleTx,
    { sku, location, after, count }: RemainingFilter & PagePart,
  ): Promise<RemainingStock[]> {
    const behind: Filter = ['(sku, location, stock_id) > (?, ?, ?::uuid)', after?.[0], after?.[1], after?.[2]];
    const filters: Filter[] = [['sku = ?', sku], ['location = ?', location], behind];
    return readFiltered(tx, { select: REMAINING, filters, order: 'sku, location, stock_id', count });
  }

  /** Newest order first. */
  async reservations(tx: ModuleTx, filter: ReservationFilter & PagePart): Promise<Listed[]> {
    const { orderId, sku, state, after, count } = filter;
    const filters: Filter[] = [
      ['order_id = ?', orderId],
      [OF_SKU, sku],
      ['state = ?', state],
      ['id < ?', after?.[0]],
    ];
    return readFiltered(tx, { select: RESERVATIONS, filters, order: 'id DESC', count });
  }

  /** Newest cause first; within a counter the sequence says what came first. */
  async ledger(tx: ModuleTx, { sku, kind, after, count }: LedgerFilter & PagePart): Promise<Listed[]> {
    const filters: Filter[] = [
      [OF_SKU, sku],
      ['kind = ?', kind],
      ['id < ?', after?.[0]],
    ];
    return readFiltered(tx, { select: LEDGER, filters, order: 'id DESC', count });
  }
}
