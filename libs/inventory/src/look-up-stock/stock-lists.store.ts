import { Injectable } from '@nestjs/common';
import { Conditions, type ModuleTx, type Position } from '@orderkeel/platform';
import type { ReservationState } from '../contract/reservation.contract.js';
import type { StockMovement } from '../contract/stock-ledger.contract.js';

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
  remaining(
    tx: ModuleTx,
    { sku, location }: RemainingFilter,
    after: Position | undefined,
    count: number,
  ): Promise<RemainingStock[]> {
    const where = new Conditions()
      .add('sku = ?', sku)
      .add('location = ?', location)
      .addAll('(sku, location, stock_id) > (?, ?, ?::uuid)', after);
    return tx.query<RemainingStock>(
      `${REMAINING} WHERE ${where.sql} ORDER BY sku, location, stock_id LIMIT ${where.parameter(count)}`,
      where.parameters,
    );
  }

  /** Newest order first. */
  reservations(
    tx: ModuleTx,
    { orderId, sku, state }: ReservationFilter,
    after: Position | undefined,
    count: number,
  ): Promise<Listed[]> {
    const where = new Conditions()
      .add('order_id = ?', orderId)
      .add(OF_SKU, sku)
      .add('state = ?', state)
      .addAll('id < ?', after);
    return tx.query<Listed>(
      `${RESERVATIONS} WHERE ${where.sql} ORDER BY id DESC LIMIT ${where.parameter(count)}`,
      where.parameters,
    );
  }

  /** Newest cause first; within a counter the sequence says what came first. */
  ledger(tx: ModuleTx, { sku, kind }: LedgerFilter, after: Position | undefined, count: number): Promise<Listed[]> {
    const where = new Conditions().add(OF_SKU, sku).add('kind = ?', kind).addAll('id < ?', after);
    return tx.query<Listed>(
      `${LEDGER} WHERE ${where.sql} ORDER BY id DESC LIMIT ${where.parameter(count)}`,
      where.parameters,
    );
  }
}
