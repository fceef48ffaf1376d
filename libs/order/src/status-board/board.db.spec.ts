import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { onConnection } from '../../../platform/src/postgres/admin-connection.js';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { readLatest, type LatestFilter } from './board.store.js';

const ORDERS = 3_000;
const PAGE = 10;

/** As a month begins: many entries within its first minute, and no statistics of them. */
const FILL = `
INSERT INTO "order".order_status_history (id, order_id, module, status_code, recorded_at, written_by)
SELECT id, order_id, word.module, word.code, at, 'spec'
  FROM (SELECT now() + n * interval '1 ms' AS at, overlay(cdc.first_id_at(now())::text PLACING lpad(n::text, 8, '0') FROM 29)::uuid AS order_id
          FROM generate_series(1, $1::int) AS n) AS orders,
       (VALUES ('order', 'order:submitted', 1), ('inventory', 'inventory:reservation_confirmed', 2)) AS word(module, code, nth),
       LATERAL (SELECT overlay(order_id::text PLACING nth::text FROM 20)::uuid AS id) AS entry`;

/** Entries that this transaction has looked at, by whatever way. */
const LOOKED_AT = `
  SELECT sum(seq_tup_read + idx_tup_fetch)::int AS entries FROM pg_stat_xact_user_tables
   WHERE schemaname = 'order' AND relname LIKE 'order_status_history%'`;

describe('a page of the board, of a month that the planner knows nothing of', () => {
  let db: MigratedDatabase;
  beforeAll(async () => {
    db = await migratedDatabase();
    await onConnection(db.adminUrl, async (client) => {
      await client.query('SET session_replication_role = replica');
      await client.query(FILL, [ORDERS]);
    });
  });
  afterAll(() => db.drop());

  it.each<[string, LatestFilter]>([
    ['all modules', {}],
    ['a module', { module: 'inventory' }],
    ['a status', { statusCode: 'order:submitted' }],
  ])('is found without looking at every entry, for %s', async (_what, filter) => {
    const { found, lookedAt } = await db.database.command('order', { tenantId: null, actor: 'spec' }, async (tx) => {
      const page = await readLatest(tx, filter, undefined, PAGE);
      return { found: page.length, lookedAt: (await tx.query<{ entries: number }>(LOOKED_AT))[0]!.entries };
    });
    expect(found).toBe(PAGE);
    expect(lookedAt).toBeLessThan(ORDERS / 2);
  });
});
