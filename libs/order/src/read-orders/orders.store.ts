import type { ModuleTx } from '@orderkeel/platform';
import { Conditions } from '../data/conditions.js';
import type { Position } from '../data/page.js';
import { orderAnswer, type AdjustmentRow, type OrderRow } from './order-answer.js';
import type { OrderAnswer, OrdersQuery } from './order.schema.js';

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

/** The rows of one order, for answers about an earlier revision. */
export async function findOrderRows(tx: ModuleTx, orderId: string) {
  const [row] = await tx.query<OrderRow>(`SELECT ${COLUMNS} FROM "order"."order" o WHERE o.id = $1`, [orderId]);
  return row && { row, adjustments: await adjustmentsOfOrder(tx, orderId) };
}

/** Orders that match, newest first, behind a position; two statements, however many there are. */
export async function findOrders(
  tx: ModuleTx,
  query: Omit<OrdersQuery, 'limit' | 'cursor'>,
  after: Position | undefined,
  count: number,
): Promise<OrderAnswer[]> {
  const where = new Conditions()
    .add('o.customer_ref = ?', query.customerRef)
    .add('o.source_system = ?', query.sourceSystem)
    .add('o.external_order_id = ?', query.externalOrderId)
    .add('"order".skus_of(o.line_items) @> ARRAY[?::text]', query.sku)
    .add(HAS_NEWEST, query.statusCode)
    .add('o.created_at >= ?::timestamptz', query.createdFrom)
    .add('o.created_at < ?::timestamptz', query.createdTo)
    .addAll('(o.created_at, o.id) < (?::timestamptz, ?::uuid)', after);
  const rows = await tx.query<OrderRow>(
    `SELECT ${COLUMNS} FROM "order"."order" o WHERE ${where.sql}
      ORDER BY o.created_at DESC, o.id DESC LIMIT ${where.parameter(count)}`,
    where.parameters,
  );
  const adjustments = await adjustmentsOf(tx, rows);
  return rows.map((row) => orderAnswer(row, adjustments.get(row.orderId) ?? []));
}

/** The place of an order in the list. */
export function positionOfOrder({ createdAt, orderId }: OrderAnswer): Position {
  return [createdAt, orderId];
}

const HAS_NEWEST = `o.order_id IN (SELECT s.order_id FROM "order".latest_status s WHERE s.status_code = ?)`;

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
