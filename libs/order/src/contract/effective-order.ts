import type { ModuleTx } from '@orderkeel/platform';
import { foldAdjustments, type AdjustmentFact, type OrderLine } from './fold-adjustments.js';

/** An order as it stands now: base plus adjustments up to `revision`. */
export interface EffectiveOrder {
  readonly orderId: string;
  readonly tenantId: string | null;
  readonly revision: number;
  readonly cancelled: boolean;
  /** The row that made this revision: the order for revision 1, else the adjustment. Ids of effects derive from it. */
  readonly causeId: string;
  readonly createdAt: string;
  /** All lines, also those whose quantity is 0 now. */
  readonly lines: readonly OrderLine[];
}

interface BaseRow {
  orderId: string;
  tenantId: string | null;
  revision: number;
  createdAt: string;
  lineItems: OrderLine[];
}

/**
 * Reads the current effective orders in this transaction, in order of acceptance. An event only says which order
 * changed; this is the truth (architecture 4). Orders that do not exist are left out.
 * Needs `order.order` and `order.order_adjustment` among the module's `reads`.
 */
export async function effectiveOrders(tx: ModuleTx, orderIds: readonly string[]): Promise<EffectiveOrder[]> {
  const orders = await tx.query<BaseRow>(
    `SELECT order_id AS "orderId", tenant_id AS "tenantId", revision, created_at AS "createdAt",
            line_items AS "lineItems"
       FROM "order"."order" WHERE id = ANY($1::uuid[]) ORDER BY created_at, id`,
    [orderIds],
  );
  const adjusted = orders.filter((order) => order.revision > 1).map((order) => order.orderId);
  const adjustments = await adjustmentsOf(tx, adjusted);
  return orders.map(({ lineItems, ...order }) => {
    // A later revision may have been committed between the two reads: its event is still to come.
    const known = (adjustments.get(order.orderId) ?? []).filter((a) => a.revision <= order.revision);
    const { cancelled, lines } = foldAdjustments(lineItems, known);
    return { ...order, cancelled, lines, causeId: known.at(-1)?.id ?? order.orderId };
  });
}

type AdjustmentRow = AdjustmentFact & { id: string; orderId: string; revision: number };

async function adjustmentsOf(tx: ModuleTx, orderIds: readonly string[]): Promise<Map<string, AdjustmentRow[]>> {
  const byOrder = new Map<string, AdjustmentRow[]>(orderIds.map((orderId) => [orderId, []]));
  if (orderIds.length === 0) return byOrder;
  const rows = await tx.query<AdjustmentRow>(
    `SELECT id, order_id AS "orderId", revision, kind, changes
       FROM "order".order_adjustment WHERE order_id = ANY($1::uuid[]) ORDER BY order_id, revision`,
    [orderIds],
  );
  for (const row of rows) byOrder.get(row.orderId)?.push(row);
  return byOrder;
}
