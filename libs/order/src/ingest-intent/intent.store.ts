import type { ModuleTx } from '@orderkeel/platform';
import type { IntentFacts } from '../contract/ingest-ports.js';
import type { CompleteIntent } from '../submit-intent/intent-content.js';

/** An intent that nobody has answered yet, locked until the transaction ends. */
export interface LockedIntent {
  readonly id: string;
  readonly orderId: string;
  readonly tenantId: string | null;
  readonly contentHash: string;
  /** When this content was received: a replacement is received anew. */
  readonly updatedAt: string;
}

/** The same with its content as somebody stored it, who need not have checked it. */
export interface StoredIntent extends LockedIntent {
  /** By the names that the API has for them; null where nothing was said. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** The same when its content has passed the check, as guards and hooks see it. */
export interface ReceivedIntent extends LockedIntent, IntentFacts {
  readonly lineItems: CompleteIntent['lineItems'];
  readonly totals: CompleteIntent['totals'];
}

/** Locks the received intents among these orders, in order of reception; the lock keeps a replacement out. */
export async function lockReceived(tx: ModuleTx, orderIds: readonly string[]): Promise<StoredIntent[]> {
  const rows = await tx.query<Omit<StoredIntent, 'content'> & StoredIntent['content']>(
    `SELECT id, order_id AS "orderId", tenant_id AS "tenantId", content_hash AS "contentHash",
            updated_at AS "updatedAt", source_system AS "sourceSystem", order_intent_id AS "orderIntentId",
            external_order_id AS "externalOrderId", customer_ref AS "customerRef", line_items AS "lineItems", totals,
            shipping_address AS "shippingAddress", billing_address AS "billingAddress", metadata,
            payload_hash AS "payloadHash", to_jsonb(submitted_at) AS "submittedAt"
       FROM "order".order_intent WHERE order_id = ANY($1::uuid[]) AND state = 'received' ORDER BY id FOR UPDATE`,
    [orderIds],
  );
  // Ids begin with the time of reception; ties follow the batch.
  const nth = new Map(orderIds.map((orderId, index) => [orderId, index]));
  return rows
    .map(({ id, orderId, tenantId, contentHash, updatedAt, ...content }) => {
      return { id, orderId, tenantId, contentHash, updatedAt, content };
    })
    .sort((a, b) => (nth.get(a.orderId) ?? 0) - (nth.get(b.orderId) ?? 0));
}

/** Records the answers: one statement for all intents. */
export async function answerIntents(
  tx: ModuleTx,
  answers: readonly { readonly id: string; readonly state: 'accepted' | 'rejected' | 'held' }[],
): Promise<void> {
  if (answers.length === 0) return;
  await tx.execute(
    `UPDATE "order".order_intent i SET state = a.state, updated_at = $3
       FROM unnest($1::uuid[], $2::text[]) AS a(id, state) WHERE i.id = a.id`,
    [answers.map((answer) => answer.id), answers.map((answer) => answer.state), tx.clock.now()],
  );
}

/** Order ids of intents that have waited for an answer since before an instant, longest first. */
export async function receivedBefore(tx: ModuleTx, before: string, limit: number): Promise<string[]> {
  const rows = await tx.query<{ orderId: string }>(
    `SELECT order_id AS "orderId" FROM "order".order_intent
      WHERE state = 'received' AND updated_at < $1 ORDER BY updated_at LIMIT $2`,
    [before, limit],
  );
  return rows.map((row) => row.orderId);
}
