import { Injectable } from '@nestjs/common';
import { type ColumnTypes, effectId, insertRows, type ModuleTx } from '@orderkeel/platform';

/** A projection that says something else than the facts it projects. */
export interface Difference {
  readonly stock_id: string;
  readonly tenant_id: string | null;
  readonly sku: string;
  readonly location: string;
  readonly order_line_id: string | null;
  readonly projection: 'counter' | 'reservation';
  readonly projected: object;
  readonly folded: object;
}

/** A reservation made by hand that the ledger knows nothing of. */
export interface NotCarried {
  readonly orderId: string;
  readonly reservationId: string;
  readonly orderLineId: string;
  readonly tenantId: string | null;
  readonly sku: string;
}

const COLUMNS: ColumnTypes<Difference & { id: string; found_at: string }> = {
  id: 'uuid',
  tenant_id: 'uuid',
  stock_id: 'uuid',
  sku: 'text',
  location: 'text',
  order_line_id: 'uuid',
  projection: 'text',
  projected: 'jsonb',
  folded: 'jsonb',
  found_at: 'timestamptz',
};

const NOT_CARRIED = `
SELECT r.order_id AS "orderId", r.id AS "reservationId", r.order_line_id AS "orderLineId", r.tenant_id AS "tenantId", r.sku
  FROM inventory.reservation AS r
 WHERE r.order_id = ANY($1::uuid[]) AND r.origin = 'manual' AND r.quantity > r.backordered_quantity
   AND NOT EXISTS (SELECT FROM inventory.stock_ledger AS l WHERE l.order_line_id = r.order_line_id)`;

/**
 * One statement, so one moment: every writer moves counter, ledger and reservation in one transaction. Each reservation
 * is compared with the ledger rows of its line, each counter with the newest row of its ledger, whose work does not
 * grow with the history; the view inventory.stock_fold compares the whole.
 */
const DIFFERENCES = `
WITH line AS MATERIALIZED (
  SELECT r.stock_id, r.tenant_id, r.sku, r.location, r.order_line_id, r.quantity - r.backordered_quantity AS reserved
    FROM inventory.reservation AS r WHERE r.order_id = ANY($1::uuid[]) AND r.state <> 'fulfilled'),
fold AS (
  SELECT l.order_line_id, sum(l.delta_reserved) AS reserved
    FROM inventory.stock_ledger AS l WHERE l.order_line_id = ANY(ARRAY(SELECT order_line_id FROM line)) GROUP BY 1)
SELECT line.stock_id, line.tenant_id, line.sku, line.location, line.order_line_id, 'reservation' AS projection,
       jsonb_build_object('reserved', line.reserved) AS projected,
       jsonb_build_object('reserved', coalesce(fold.reserved, 0)) AS folded
  FROM line LEFT JOIN fold USING (order_line_id) WHERE line.reserved <> coalesce(fold.reserved, 0)
UNION ALL
SELECT s.id, s.tenant_id, s.sku, s.location, NULL, 'counter',
       jsonb_build_object('sequence', s.sequence, 'onHand', s.on_hand, 'reserved', s.reserved),
       jsonb_build_object('sequence', coalesce(l.sequence, 0), 'onHand', coalesce(l.on_hand, 0), 'reserved', coalesce(l.reserved, 0))
  FROM inventory.stock AS s
  LEFT JOIN LATERAL (
    SELECT sequence, on_hand_before + delta_on_hand AS on_hand, reserved_before + delta_reserved AS reserved
      FROM inventory.stock_ledger WHERE stock_id = s.id ORDER BY sequence DESC LIMIT 1) AS l ON true
 WHERE s.id IN (SELECT stock_id FROM line)
   AND (s.sequence, s.on_hand, s.reserved)
       IS DISTINCT FROM (coalesce(l.sequence, 0), coalesce(l.on_hand, 0), coalesce(l.reserved, 0))`;

/** Compares projections with their folds. */
@Injectable()
export class ComparisonStore {
  async notCarried(tx: ModuleTx, orderIds: readonly string[]): Promise<NotCarried[]> {
    return tx.query<NotCarried>(NOT_CARRIED, [orderIds]);
  }

  /** Where the orders' reservations, or the counters that they reserve from, differ from the ledger. */
  async differences(tx: ModuleTx, orderIds: readonly string[]): Promise<Difference[]> {
    return tx.query<Difference>(DIFFERENCES, [orderIds]);
  }

  /** Writes differences down, each once however often it is found. */
  async report(tx: ModuleTx, differences: readonly Difference[]): Promise<void> {
    const found_at = tx.clock.now();
    const rows = differences.map((difference) => ({ ...difference, id: idOf(difference), found_at }));
    await insertRows(tx, 'inventory.stock_difference', COLUMNS, rows, 'ON CONFLICT (id) DO NOTHING');
  }
}

function idOf({ stock_id, order_line_id, projection, projected, folded }: Difference): string {
  return effectId(stock_id, 'inventory', projection, JSON.stringify([order_line_id, projected, folded]));
}
