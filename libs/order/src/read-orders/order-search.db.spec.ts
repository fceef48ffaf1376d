import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller, Database, ModuleTx } from '@orderkeel/platform';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { searchOrders } from './order-search.js';

describe('a search for orders', () => {
  let db: MigratedDatabase;
  beforeAll(async () => {
    db = await migratedDatabase();
  });
  afterAll(() => db.drop());

  it('finds a SKU by the index on SKUs', async () => {
    const plans: unknown[] = [];
    const explaining = (tx: ModuleTx): ModuleTx =>
      Object.create(tx, {
        query: {
          value: async (sql: string, parameters: unknown[]) => {
            // The planner would rather walk through the few rows of a test in their order.
            await tx.execute('SET LOCAL enable_indexscan = off');
            plans.push(await tx.query(`EXPLAIN ${sql}`, parameters));
            return tx.query(sql, parameters);
          },
        },
      }) as ModuleTx;
    const command = <T>(module: string, caller: Caller, work: (tx: ModuleTx) => Promise<T>) =>
      db.database.command(module, caller, (tx) => work(explaining(tx)));
    const caller = { tenantId: null, actor: 'spec' };
    expect(await searchOrders({ command } as Database, caller, { sku: 'A' }, undefined, 10)).toEqual([]);
    expect(JSON.stringify(plans)).toContain('Bitmap Index Scan on order_by_sku');
  });
});
