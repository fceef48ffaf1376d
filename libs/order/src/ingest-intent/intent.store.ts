import type { ModuleTx } from '@orderkeel/platform';
import type { IntentFacts } from '../contract/ingest-ports.js';

/** A line as the intent has it. */
export interface IntentLine {
  readonly sku: string;
  readonly quantity: string;
  readonly unitPrice?: number;
  readonly unitPriceDecimal?: string;
  readonly total: number;
}

/** An intent that nobody has answered yet, locked. */
export interface ReceivedIntent extends IntentFacts {
  readonly lineItems: readonly IntentLine[];
  readonly totals: IntentFacts['totals'] & {
    readonly subtotal: number;
    readonly tax: number;
    readonly shipping: number;
    readonly discounts: number;
  };
  readonly contentHash: string;
  /** When this content was received: a replacement is received anew. */
  readonly updatedAt: string;
}

/** Locks the received intents among these orders, in order of reception; the lock keeps a replacement out. */
export async function lockReceived(tx: ModuleTx, orderIds: readonly string[]): Promise<ReceivedIntent[]> {
  const intents = await tx.query<ReceivedIntent>(
    `SELECT id, order_id AS "orderId", tenant_id AS "tenantId", source_system AS "sourceSystem",
            order_intent_id AS "orderIntentId", customer_ref AS "customerRef", line_items AS "lineItems", totals,
            content_hash AS "contentHash", updated_at AS "updatedAt"
       FROM "order".order_intent WHERE order_id = ANY($1::uuid[]) AND state = 'received' ORDER BY id FOR UPDATE`,
    [orderIds],
  );
  // Ids begin with the time of reception; ties follow the batch.
  const nth = new Map(orderIds.map((orderId, index) => [orderId, index]));
  return intents.sort((a, b) => (nth.get(a.orderId) ?? 0) - (nth.get(b.orderId) ?? 0));
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
