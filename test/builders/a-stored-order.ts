import { newId } from '@orderkeel/platform';
import type { MigratedDatabase } from '../support/migrated-database.js';

/** Ids of an order that is there, and of the accepted intent that it came from. */
export interface StoredOrder {
  readonly orderId: string;
  readonly intentId: string;
}

/** Stores an accepted intent and its order as order's role, for specs of the tables, which need no ingestor. */
export async function aStoredOrder(db: MigratedDatabase, tenantId: string | null = null): Promise<StoredOrder> {
  const [orderId, intentId] = [newId(Date.now()), newId(Date.now())];
  await db.database.command('order', { tenantId, actor: 'spec' }, async (tx) => {
    await tx.execute(
      `INSERT INTO "order".order_intent (id, order_id, tenant_id, source_system, order_intent_id, customer_ref, line_items,
         totals, content_hash, submitted_at, state, received_at, updated_at)
       VALUES ($1, $2, $3, 'channel.test', $4, '17850', '[]', '{"currency": "GBP"}', '', now(), 'accepted', now(), now())`,
      [intentId, orderId, tenantId, orderId],
    );
    await tx.execute(
      `INSERT INTO "order"."order" (id, order_id, tenant_id, intent_ref, source_system, order_intent_id, customer_ref,
         currency, line_items, totals, submitted_at, created_at, updated_at)
       SELECT order_id, order_id, tenant_id, id, source_system, order_intent_id, customer_ref, totals ->> 'currency',
              line_items, totals, submitted_at, now(), now() FROM "order".order_intent WHERE id = $1`,
      [intentId],
    );
  });
  return { orderId, intentId };
}
