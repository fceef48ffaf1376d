import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller, Database, ModuleTx } from '@orderkeel/platform';
import { onConnection } from '../../../platform/src/postgres/admin-connection.js';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { searchOrders, type OrderFilters } from './order-search.js';

const ORDERS = 15_000;
const PAGE = 10;
/** As many as are compared; the orders with SOME fill more. */
const PAGES = 4;

/** One order a minute, the newest first: four in five with FREQUENT, every fiftieth with SOME, the oldest with RARE. */
const FILL = `
WITH numbers AS (SELECT n, now() - n * interval '1 minute' AS at FROM generate_series(1, $1::int) AS n),
     ids AS (SELECT n, at, overlay(cdc.first_id_at(at)::text PLACING lpad(n::text, 8, '0') FROM 29)::uuid AS id FROM numbers),
     intents AS (
       INSERT INTO "order".order_intent (id, order_id, source_system, order_intent_id, customer_ref, line_items, totals,
                                         content_hash, submitted_at, state, received_at, updated_at)
       SELECT id, id, 'spec', n, 'spec', '[]', '{}', '', at, 'accepted', at, at FROM ids)
INSERT INTO "order"."order" (id, order_id, intent_ref, source_system, order_intent_id, external_order_id, customer_ref,
                             currency, line_items, totals, submitted_at, revision, created_at, updated_at)
SELECT id, id, id, CASE n WHEN $1 THEN 'seldom' ELSE 'spec' END, n, n, CASE n WHEN $1 THEN 'once' ELSE 'spec' END, 'GBP',
       jsonb_build_array(jsonb_build_object('sku', CASE WHEN n % 5 > 0 THEN 'FREQUENT' ELSE 'OTHER-' || n END),
                         jsonb_build_object('sku', CASE WHEN n = $1 THEN 'RARE' WHEN n % 50 = 0 THEN 'SOME' ELSE 'MORE-' || n END)),
       '{}', at, 1, at, at
  FROM ids`;

/** Every order has a status, and the planner no statistics of it, as when a month begins. */
const TELL = `
INSERT INTO "order".order_status_history (id, order_id, module, status_code, recorded_at, written_by)
SELECT id, id, 'inventory', 'inventory:reservation_confirmed', created_at, 'spec' FROM "order"."order"`;

describe('a search for orders', () => {
  let db: MigratedDatabase;
  beforeAll(async () => {
    db = await migratedDatabase();
    await onConnection(db.adminUrl, async (client) => {
      // Orders as they would be after the program has made them; nobody is to react to them.
      await client.query('SET session_replication_role = replica');
      await client.query(FILL, [ORDERS]);
      await client.query('VACUUM ANALYZE');
      await client.query(TELL);
    });
  });
  afterAll(() => db.drop());
  const caller: Caller = { tenantId: null, actor: 'spec' };

  /** A page, and how many orders and entries the server read for its last statement, which is the search itself. */
  const search = async (filters: OrderFilters, after?: [string, string], count = PAGE) => {
    let rows = 0;
    const counting = (tx: ModuleTx): ModuleTx => {
      const read = async () => (await tx.query<{ count: number }>(ROWS_READ))[0]!.count;
      const query = async (sql: string, parameters: unknown[]) => {
        const before = await read();
        const found = await tx.query(sql, parameters);
        rows = (await read()) - before;
        return found;
      };
      return Object.create(tx, { query: { value: query } }) as ModuleTx;
    };
    const watched = {
      command: (module: string, by: Caller, work: (tx: ModuleTx) => Promise<unknown>) =>
        db.database.command(module, by, (tx) => work(counting(tx))),
      // A tenant makes it one transaction, which the server counts in; here it has no orders of its own.
      read: (by: Caller, work: (tx: ModuleTx) => Promise<unknown>) =>
        db.database.read({ ...by, tenantId: TENANT }, (tx) => work(counting(tx))),
    } as unknown as Database;
    return { ids: await searchOrders(watched, caller, filters, after, count), rows: () => rows };
  };

  it.each<[string, OrderFilters]>([
    ['a rare SKU', { sku: 'RARE' }],
    ['a rare SKU of a customer who orders often', { sku: 'RARE', customerRef: 'spec' }],
    ['a SKU that nobody ordered', { sku: 'NONE' }],
    ['a frequent SKU', { sku: 'FREQUENT' }],
    ['a customer who ordered once', { customerRef: 'once' }],
    ['a customer who orders often', { customerRef: 'spec' }],
    ['a source that is seldom used', { sourceSystem: 'seldom' }],
    ['a source that is always used', { sourceSystem: 'spec' }],
    ['an external id', { externalOrderId: String(ORDERS) }],
    ['a status that nothing has', { statusCode: 'order:submitted' }],
  ])('reads little more than a page for %s', async (_what, filters) => {
    expect((await search(filters)).rows()).toBeLessThan(3 * PAGE);
  });

  it('looks at few entries for a status that every order has', async () => {
    expect((await search({ statusCode: 'inventory:reservation_confirmed' })).rows()).toBeLessThan(10 * PAGE);
  });

  it('does not collect all orders with a frequent SKU for a large page either', async () => {
    expect((await search({ sku: 'FREQUENT' }, undefined, 10 * PAGE)).rows()).toBeLessThan(30 * PAGE);
  });

  it.each(['RARE', 'SOME', 'FREQUENT'])('gives every order with %s once, newest first, page by page', async (sku) => {
    const all = await onConnection(db.adminUrl, async (client) => {
      const { rows } = await client.query<{ id: string; at: string }>(EVERY, [
        `$[*] ? (@.sku == "${sku}")`,
        PAGES * PAGE,
      ]);
      return rows;
    });
    const paged: string[] = [];
    for (let page = 0; page < PAGES; page += 1) {
      const last = all[paged.length - 1];
      paged.push(...(await search({ sku }, last && [last.at, last.id])).ids);
    }
    expect(paged.length).toBeGreaterThan(0);
    expect(paged).toEqual(all.map(({ id }) => id));
  });
});

const TENANT = '01a1fd4b-7c4d-8000-8000-00000000aaaa';

/** Counted within the transaction. */
const ROWS_READ = `SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int AS count
                     FROM pg_stat_xact_user_tables
                    WHERE schemaname = 'order' AND (relname = 'order' OR relname LIKE 'order_status_history%')`;

const EVERY = `SELECT id, created_at::text AS at FROM "order"."order" WHERE line_items @? $1::jsonpath
                ORDER BY created_at DESC, id DESC LIMIT $2`;
