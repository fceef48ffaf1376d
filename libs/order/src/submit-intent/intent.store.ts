import { columnsOf, unnest, type ColumnTypes, type ModuleTx } from '@orderkeel/platform';
import type { IntentState } from '../contract/order-intent.contract.js';
import type { IntentContent } from './intent-content.js';
import type { IntentKey } from './intent-key.js';
import type { KnownIntent } from './submit.decide.js';

/** An intent of this command: the ids that it gets if its key is new, and its content. */
export interface NewIntent {
  readonly id: string;
  readonly orderId: string;
  readonly content: IntentContent;
}

const CONTENT = {
  external_order_id: 'text',
  customer_ref: 'text',
  line_items: 'jsonb',
  totals: 'jsonb',
  shipping_address: 'jsonb',
  billing_address: 'jsonb',
  metadata: 'jsonb',
  payload_hash: 'text',
  content_hash: 'text',
  submitted_at: 'timestamptz',
} as const satisfies ColumnTypes<ReturnType<typeof contentColumns>>;

/** The columns of an intent's content: what may change until it is answered. */
export const INTENT_CONTENT: readonly string[] = Object.keys(CONTENT);

const IDENTITY = { id: 'uuid', order_id: 'uuid', source_system: 'text', order_intent_id: 'text' } as const;
const INTENT = { ...IDENTITY, ...CONTENT };

/**
 * Inserts the intents whose keys are new, with one statement; a concurrent submission of the same key is waited for.
 * Intents come sorted by key: two batches that meet then queue instead of deadlocking.
 * @returns the ids that were inserted
 */
export async function insertNewIntents(
  tx: ModuleTx,
  intents: readonly NewIntent[],
  receivedAt: string,
): Promise<Set<string>> {
  const rows = intents.map(({ id, orderId, content }) => ({
    id,
    order_id: orderId,
    source_system: content.sourceSystem,
    order_intent_id: content.orderIntentId,
    ...contentColumns(content),
  }));
  const names = Object.keys(INTENT).join(', ');
  const inserted = await tx.query<{ id: string }>(
    `INSERT INTO "order".order_intent (${names}, tenant_id, received_at, updated_at)
     SELECT ${names}, $${rowParameters + 1}::uuid, $${rowParameters + 2}::timestamptz, $${rowParameters + 2}::timestamptz
       FROM ${unnest(INTENT)}
     ON CONFLICT ON CONSTRAINT order_intent_key DO NOTHING RETURNING id`,
    [...columnsOf(INTENT, rows), tx.tenantId, receivedAt],
  );
  return new Set(inserted.map((row) => row.id));
}

const rowParameters = Object.keys(INTENT).length;

/** Locks the intents of these keys until the transaction ends, in order of id as the ingestor does, and reads them. */
export async function lockIntents(tx: ModuleTx, keys: readonly IntentKey[]): Promise<(KnownIntent & IntentKey)[]> {
  return tx.query<KnownIntent & IntentKey & { state: IntentState }>(
    `SELECT i.id, i.order_id AS "orderId", i.source_system AS "sourceSystem", i.order_intent_id AS "orderIntentId",
            i.state, i.content_hash AS "contentHash"
       FROM "order".order_intent i
      WHERE (i.source_system, i.order_intent_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))
        AND ${isOfTenant(tx)}
      ORDER BY i.id FOR NO KEY UPDATE OF i`,
    [keys.map((key) => key.sourceSystem), keys.map((key) => key.orderIntentId), tx.tenantId],
  );
}

/** Whether the intent of this key has this content. */
export async function isStored(tx: ModuleTx, content: IntentContent): Promise<boolean> {
  const found = await tx.query(
    `SELECT 1 FROM "order".order_intent i
      WHERE i.source_system = $1 AND i.order_intent_id = $2 AND ${isOfTenant(tx)} AND i.content_hash = $4`,
    [content.sourceSystem, content.orderIntentId, tx.tenantId, content.contentHash],
  );
  return found.length > 0;
}

/** With the tenant as $3; in two forms, because only these are conditions of the key's index. */
function isOfTenant({ tenantId }: ModuleTx): string {
  return tenantId === null ? 'i.tenant_id IS NULL AND $3::uuid IS NULL' : 'i.tenant_id = $3::uuid';
}

/** Gives locked, not yet accepted intents other content; they are received anew under the ids they have. */
export async function replaceContent(
  tx: ModuleTx,
  intents: readonly { readonly id: string; readonly content: IntentContent }[],
  receivedAt: string,
): Promise<void> {
  if (intents.length === 0) return;
  const types = { id: 'uuid', ...CONTENT } as const;
  const rows = intents.map(({ id, content }) => ({ id, ...contentColumns(content) }));
  const assignments = Object.keys(CONTENT).map((name) => `${name} = r.${name}`);
  const replaced = await tx.execute(
    `UPDATE "order".order_intent i
        SET ${assignments.join(', ')}, state = 'received', updated_at = $${Object.keys(types).length + 1}::timestamptz
       FROM ${unnest(types)} WHERE i.id = r.id AND i.state <> 'accepted'`,
    [...columnsOf(types, rows), receivedAt],
  );
  if (replaced < intents.length)
    throw new Error(`${intents.length - replaced} intents were accepted in spite of the lock`);
}

function contentColumns(content: IntentContent) {
  return {
    external_order_id: content.externalOrderId ?? null,
    customer_ref: content.customerRef,
    line_items: content.lineItems,
    totals: content.totals,
    shipping_address: content.shippingAddress ?? null,
    billing_address: content.billingAddress ?? null,
    metadata: content.metadata ?? null,
    payload_hash: content.payloadHash ?? null,
    content_hash: content.contentHash,
    submitted_at: content.submittedAt,
  };
}
