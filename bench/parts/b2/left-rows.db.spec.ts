import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@orderkeel/platform';
import type pg from 'pg';
import { onConnection } from '../../../libs/platform/src/postgres/index.js';
import { aStoredOrder, type StoredOrder } from '../../../test/builders/a-stored-order.js';
import { migratedDatabase, type MigratedDatabase } from '../../../test/support/migrated-database.js';
import { rowsOf, tablesWithRows } from './left-rows.js';
import { insertOf } from './raw-connections.js';
import { emptyTables, refuseLoss } from './raw-database.js';

let db: MigratedDatabase;
let order: StoredOrder;
beforeAll(async () => {
  db = await migratedDatabase();
  order = await aStoredOrder(db);
  await onDatabase((client) =>
    client.query(
      `INSERT INTO "order".order_status_history (id, order_id, module, status_code, payload, recorded_at, written_by)
       VALUES ($1, $2, 'order', 'order:submitted', $3, now(), 'spec')`,
      [newId(Date.now()), order.orderId, { said: 'a "quoted", {braced} \\ word', nothing: null }],
    ),
  );
});
afterAll(() => db.drop());

const onDatabase = <T>(work: (client: pg.Client) => Promise<T>) => onConnection(db.adminUrl, work);
/** All that a writer gives. */
const textOf = async (client: pg.Client, table: string) => {
  const { rows } = await client.query<{ text: string }>(
    `SELECT string_agg((to_jsonb(t) - 'seq')::text, ';' ORDER BY id) AS text FROM ${table} AS t`,
  );
  return rows[0]!.text;
};

describe('the rows that an order has left behind', () => {
  it('are found in the tables where they are, and are the same when they are written again', () =>
    onDatabase(async (client) => {
      const tables = await tablesWithRows(client, [order.orderId]);
      expect(tables.map(({ name }) => name)).toEqual([
        '"order".order_intent',
        '"order".order_status_history',
        '"order"."order"',
      ]);
      const before = await Promise.all(tables.map(({ name }) => textOf(client, name)));
      const left = [];
      for (const table of tables) left.push(await rowsOf(client, table, [order.orderId]));
      await emptyTables(db.adminUrl, tables);
      await expect(refuseLoss(db.adminUrl, tables)).rejects.toThrow('has got 0 rows of 1');
      for (const rows of left) await client.query(insertOf(rows));
      await refuseLoss(db.adminUrl, tables);
      expect(await Promise.all(tables.map(({ name }) => textOf(client, name)))).toEqual(before);
    }));
});
