import { effectId, idFrom, insertRows, timeOfId, type ColumnTypes, type ModuleTx } from '@orderkeel/platform';
import type { RejectionReason } from './ingest.decide.js';
import type { LockedIntent, ReceivedIntent } from './intent.store.js';

/** An intent that becomes an order, and when. */
export interface NewOrder {
  readonly intent: ReceivedIntent;
  readonly createdAt: string;
}

/** Makes the orders of accepted intents: lines and totals as checked; what else there is, is copied inside the database. */
export async function createOrders(tx: ModuleTx, orders: readonly NewOrder[]): Promise<void> {
  if (orders.length === 0) return;
  await tx.execute(
    `INSERT INTO "order"."order" (id, order_id, tenant_id, intent_ref, source_system, order_intent_id, external_order_id,
        customer_ref, currency, line_items, totals, shipping_address, billing_address, metadata, submitted_at, revision,
        created_at, updated_at)
     SELECT i.order_id, i.order_id, i.tenant_id, i.id, i.source_system, i.order_intent_id, i.external_order_id,
        i.customer_ref, n.totals ->> 'currency', n.line_items, n.totals, i.shipping_address, i.billing_address, i.metadata,
        i.submitted_at, 1, n.created_at, n.created_at
       FROM unnest($1::uuid[], $2::jsonb[], $3::jsonb[], $4::timestamptz[]) AS n(intent_id, line_items, totals, created_at)
       JOIN "order".order_intent i ON i.id = n.intent_id
     ON CONFLICT (id) DO NOTHING`,
    [
      orders.map(({ intent }) => intent.id),
      orders.map(({ intent }) => JSON.stringify(linesOf(intent))),
      orders.map(({ intent }) => JSON.stringify(intent.totals)),
      orders.map(({ createdAt }) => createdAt),
    ],
  );
}

/** The intent's lines with their order line ids, which derive from the order and the line's place. */
function linesOf({ orderId, lineItems }: ReceivedIntent) {
  const atMs = timeOfId(orderId);
  return lineItems.map((line, index) => ({ orderLineId: idFrom(atMs, orderId, 'line', index), ...line }));
}

/** Why an intent was refused. */
export interface NewRejection {
  readonly intent: LockedIntent;
  readonly httpStatus: number;
  readonly reasons: readonly RejectionReason[];
}

interface RejectionRow {
  id: string;
  order_id: string;
  intent_id: string;
  tenant_id: string | null;
  code: string;
  http_status: number;
  reasons: readonly RejectionReason[];
  content_hash: string;
  created_at: string;
}

const REJECTION: ColumnTypes<RejectionRow> = {
  id: 'uuid',
  order_id: 'uuid',
  intent_id: 'uuid',
  tenant_id: 'uuid',
  code: 'text',
  http_status: 'int',
  reasons: 'jsonb',
  content_hash: 'text',
  created_at: 'timestamptz',
};

/** Appends the rejections, so that the caller can diagnose; what was received once is rejected once (order S1.68). */
export async function recordRejections(tx: ModuleTx, rejections: readonly NewRejection[]): Promise<void> {
  const rows = rejections.map(({ intent, httpStatus, reasons }) => ({
    id: effectId(intent.id, tx.writer, 'rejection', `${intent.contentHash}/${intent.updatedAt}`),
    order_id: intent.orderId,
    intent_id: intent.id,
    tenant_id: intent.tenantId,
    code: reasons[0]!.code,
    http_status: httpStatus,
    reasons,
    content_hash: intent.contentHash,
    created_at: tx.clock.now(),
  }));
  await insertRows(tx, '"order".intent_rejection', REJECTION, rows, 'ON CONFLICT (id) DO NOTHING');
}
