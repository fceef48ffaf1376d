import type { ModuleTx, Position } from '@orderkeel/platform';
import { orderAnswer, type AdjustmentRow, type OrderRow } from './order-answer.js';
import type { OrderAnswer } from './order.schema.js';

const COLUMNS = `
  o.order_id AS "orderId", o.intent_ref AS "intentRef", o.source_system AS "sourceSystem",
  o.order_intent_id AS "orderIntentId", o.external_order_id AS "externalOrderId", o.customer_ref AS "customerRef",
  o.currency, o.line_items AS "lineItems", o.totals, o.shipping_address AS "shippingAddress",
  o.billing_address AS "billingAddress", o.metadata, o.submitted_at AS "submittedAt", o.revision,
  o.created_at AS "createdAt", o.updated_at AS "updatedAt"`;

/** One order, or undefined where the transaction's role sees none of that id. */
export async function findOrder(tx: ModuleTx, orderId: string): Promise<OrderAnswer | undefined> {
  const found = await findOrderRows(tx, orderId);
  return found && orderAnswer(found.row, found.adjustments);
}

/** The rows of one order, for answers about an earlier revision. What has its first revision was never adjusted. */
export async function findOrderRows(tx: ModuleTx, orderId: string) {
  const [row] = await tx.query<OrderRow>(`SELECT ${COLUMNS} FROM "order"."order" o WHERE o.id = $1`, [orderId]);
  return row && { row, adjustments: row.revision === 1 ? [] : await adjustmentsOfOrder(tx, orderId) };
}

/** Orders by id, in the order of the ids; two statements, however many there are. */
export async function readOrders(tx: ModuleTx, orderIds: readonly string[]): Promise<OrderAnswer[]> {
  const rows = await tx.query<OrderRow>(
    `SELECT ${COLUMNS} FROM "order"."order" o JOIN unnest($1::uuid[]) WITH ORDINALITY AS w(id, nth) ON w.id = o.id
      ORDER BY w.nth`,
    [orderIds],
  );
  const adjustments = await adjustmentsOf(tx, rows);
  return rows.map((row) => orderAnswer(row, adjustments.get(row.orderId) ?? []));
}

/** The place of an order in the list. */
export function positionOfOrder({ createdAt, orderId }: OrderAnswer): Position {
  return [createdAt, orderId];
}

const ADJUSTMENT_COLUMNS = `id, revision, kind, changes, reason, actor, idempotency_key AS "idempotencyKey", created_at AS "createdAt"`;

/** The adjustments of one order, in order of revision. */
export function adjustmentsOfOrder(tx: ModuleTx, orderId: string): Promise<AdjustmentRow[]> {
  return tx.query<AdjustmentRow>(
    `SELECT ${ADJUSTMENT_COLUMNS} FROM "order".order_adjustment WHERE order_id = $1 ORDER BY revision`,
    [orderId],
  );
}

async function adjustmentsOf(tx: ModuleTx, orders: readonly OrderRow[]): Promise<Map<string, AdjustmentRow[]>> {
  const adjusted = orders.filter((order) => order.revision > 1).map((order) => order.orderId);
  if (adjusted.length === 0) return new Map();
  const rows = await tx.query<AdjustmentRow & { orderId: string }>(
    `SELECT order_id AS "orderId", ${ADJUSTMENT_COLUMNS}
       FROM "order".order_adjustment WHERE order_id = ANY($1::uuid[]) ORDER BY order_id, revision`,
    [adjusted],
  );
  const byOrder = new Map<string, AdjustmentRow[]>();
  for (const { orderId, ...row } of rows) byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), row]);
  return byOrder;
}
