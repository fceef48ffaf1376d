import type { Database } from '@orderkeel/platform';

/** Intents as a module that submits would write them: all in one transaction. */
const MULTIPLY = `
INSERT INTO "order".order_intent (id, order_id, source_system, order_intent_id, customer_ref, line_items, totals, metadata,
  content_hash, submitted_at, received_at, updated_at)
SELECT (at || '7' || substr(md5('i' || n), 1, 3) || 'a' || substr(md5('i' || n), 4, 15))::uuid,
       (at || '8' || substr(md5('o' || n), 1, 3) || 'a' || substr(md5('o' || n), 4, 15))::uuid,
       source_system, 'large-' || n, customer_ref, line_items, totals, metadata, content_hash,
       submitted_at, received_at, updated_at
  FROM "order".order_intent, generate_series(1, $1::int) AS n,
       (SELECT lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') AS at) AS clock
 WHERE order_intent_id = 'pattern'`;

/** Writes so many intents in one transaction, all like the one whose own id is `pattern`. */
export async function multiplyIntent(database: Database, times: number): Promise<void> {
  await database.command('order', { tenantId: null, actor: 'test' }, async (tx) => {
    await tx.execute('SET LOCAL statement_timeout = 0');
    await tx.execute(MULTIPLY, [times]);
  });
}
