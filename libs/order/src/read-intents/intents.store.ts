import { Conditions, withoutNulls, type ModuleTx, type Position, type WithNulls } from '@orderkeel/platform';
import type { IntentAnswer, IntentsQuery } from './intent.schema.js';

type IntentRow = WithNulls<IntentAnswer>;

// The rejection of the content that is there: an earlier content's no longer counts.
const INTENTS = `
  SELECT i.id, i.order_id AS "orderId", i.state, i.order_intent_id AS "orderIntentId",
         i.source_system AS "sourceSystem", i.customer_ref AS "customerRef", i.line_items AS "lineItems", i.totals,
         i.submitted_at AS "submittedAt", i.external_order_id AS "externalOrderId",
         i.shipping_address AS "shippingAddress", i.billing_address AS "billingAddress", i.metadata,
         i.payload_hash AS "payloadHash", i.content_hash AS "contentHash", i.received_at AS "receivedAt",
         i.updated_at AS "updatedAt",
         CASE WHEN i.state = 'rejected' THEN
           (SELECT jsonb_build_object('code', r.code, 'reasons', r.reasons) FROM "order".intent_rejection r
             WHERE r.intent_id = i.id AND r.content_hash = i.content_hash ORDER BY r.created_at DESC LIMIT 1)
         END AS rejection
    FROM "order".order_intent i`;

/** One intent, or undefined where the transaction's role sees none of that id. */
export async function findIntent(tx: ModuleTx, id: string): Promise<IntentAnswer | undefined> {
  const [row] = await tx.query<IntentRow>(`${INTENTS} WHERE i.id = $1`, [id]);
  return row && intentAnswer(row);
}

/** Why an intent was rejected, and the status that a waiting caller is answered with. */
export interface Rejection {
  readonly orderId: string;
  readonly httpStatus: number;
  readonly reasons: readonly { readonly code: string; readonly pointer?: string; readonly message: string }[];
}

/** The rejection of a rejected intent's present content. */
export async function findRejection(tx: ModuleTx, intentId: string): Promise<Rejection | undefined> {
  const [rejection] = await tx.query<Rejection>(
    `SELECT r.order_id AS "orderId", r.http_status AS "httpStatus", r.reasons
       FROM "order".intent_rejection r JOIN "order".order_intent i ON i.id = r.intent_id AND i.content_hash = r.content_hash
      WHERE i.id = $1 ORDER BY r.created_at DESC LIMIT 1`,
    [intentId],
  );
  return rejection;
}

/** Intents that match, newest first: ids begin with the time of reception. */
export async function findIntents(
  tx: ModuleTx,
  query: Omit<IntentsQuery, 'limit' | 'cursor'>,
  after: Position | undefined,
  count: number,
): Promise<IntentAnswer[]> {
  const where = new Conditions()
    .add('i.source_system = ?', query.sourceSystem)
    .add('i.order_intent_id = ?', query.orderIntentId)
    .add('i.state = ?', query.state)
    .addAll('i.id < ?::uuid', after);
  const rows = await tx.query<IntentRow>(
    `${INTENTS} WHERE ${where.sql} ORDER BY i.id DESC LIMIT ${where.parameter(count)}`,
    where.parameters,
  );
  return rows.map(intentAnswer);
}

function intentAnswer({ rejection, ...row }: IntentRow): IntentAnswer {
  return { ...withoutNulls<Omit<IntentAnswer, 'rejection'>>(row), rejection };
}
