import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@orderkeel/platform';
import { aStoredOrder, type StoredOrder } from '../../../../test/builders/a-stored-order.js';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';

let db: MigratedDatabase;
let stored: StoredOrder;
beforeAll(async () => {
  db = await migratedDatabase();
  stored = await aStoredOrder(db);
});
afterAll(() => db.drop());

const asOrder = (sql: string, parameters: unknown[] = []) =>
  db.database.command('order', { tenantId: null, actor: 'spec' }, (tx) => tx.execute(sql, parameters));
const revise = (assignments: string) =>
  asOrder(`UPDATE "order"."order" SET ${assignments} WHERE id = $1`, [stored.orderId]);

/** The columns of a table, except those that may change. */
async function columnsOf(table: string, except: readonly string[]): Promise<string[]> {
  const rows = await db.database.read({ tenantId: null }, (tx) =>
    tx.query<{ name: string }>(
      'SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND attname <> ALL($2)',
      [table, except],
    ),
  );
  return rows.map(({ name }) => name);
}

describe('an order', () => {
  it('takes a next revision, and none that leaves a gap or none at all', async () => {
    await expect(revise('revision = 2, updated_at = now()')).resolves.toBe(1);
    for (const assignments of ['revision = 2', 'revision = 4', 'revision = 1', 'updated_at = now()'])
      await expect(revise(assignments)).rejects.toMatchObject({ code: '23514', constraint: 'order_revision_follows' });
  });

  it('changes in nothing else, whatever columns it has', async () => {
    const columns = await columnsOf('"order"."order"', ['revision', 'updated_at']);
    expect(columns).toContain('line_items');
    for (const column of columns)
      await expect(revise(`revision = revision + 1, ${column} = ${column}`)).rejects.toMatchObject({ code: '42501' });
  });

  it('stays', async () => {
    await expect(asOrder('DELETE FROM "order"."order"')).rejects.toMatchObject({ code: '42501' });
  });
});

describe('an intent', () => {
  it('changes in nothing once it is accepted', async () => {
    for (const column of await columnsOf('"order".order_intent', []))
      await expect(asOrder(`UPDATE "order".order_intent SET ${column} = ${column}`)).rejects.toMatchObject({
        code: '42501',
      });
    await expect(asOrder('DELETE FROM "order".order_intent')).rejects.toMatchObject({ code: '42501' });
  });

  it('keeps its identity before that, and nothing else', async () => {
    await asOrder(
      `INSERT INTO "order".order_intent (id, order_id, source_system, order_intent_id, customer_ref, line_items, totals,
         content_hash, submitted_at, received_at, updated_at)
       VALUES ($1, $1, 'channel.test', 'waiting', '1', '[]', '{}', '', now(), now(), now())`,
      [newId(Date.now())],
    );
    const identity = ['id', 'order_id', 'tenant_id', 'source_system', 'order_intent_id', 'received_at'];
    const change = (column: string) =>
      asOrder(`UPDATE "order".order_intent SET ${column} = ${column} WHERE order_intent_id = 'waiting'`);
    for (const column of identity) await expect(change(column)).rejects.toMatchObject({ code: '42501' });
    for (const column of await columnsOf('"order".order_intent', identity))
      await expect(change(column)).resolves.toBe(1);
  });
});
