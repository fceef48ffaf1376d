import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aStoredOrder } from '../../../../test/builders/a-stored-order.js';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { effectiveOrders } from './effective-order.js';

/** Rows of orders that this transaction has looked at, by whatever way. */
const LOOKED_AT = `
  SELECT (seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_xact_user_tables
   WHERE schemaname = 'order' AND relname = 'order'`;

describe('reading effective orders', () => {
  let db: MigratedDatabase;
  beforeAll(async () => {
    db = await migratedDatabase();
  });
  afterAll(() => db.drop());

  it('looks at the orders that are asked for and at no others, however many there are', async () => {
    const stored = [];
    for (let nth = 0; nth < 20; nth += 1) stored.push((await aStoredOrder(db)).orderId);
    const wanted = [stored[3]!, stored[11]!];
    const { orders, lookedAt } = await db.database.batch('inventory', 'spec', async (tx) => {
      const read = await effectiveOrders(tx, wanted);
      return { orders: read.map(({ orderId }) => orderId), lookedAt: await tx.query(LOOKED_AT) };
    });
    expect(orders).toEqual(wanted);
    expect(lookedAt).toEqual([{ rows: 2 }]);
  });
});
