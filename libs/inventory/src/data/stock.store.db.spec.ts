import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InventoryOnDatabase } from '../testing/inventory-on-database.js';
import { until } from '../../../../test/support/until.js';
import { StockStore } from './stock.store.js';

const CAUSE = '01a1fd4b-7c4d-8000-8000-000000000001';

describe('a writer that asks for counters of which one is missing', () => {
  let inventory: InventoryOnDatabase;
  beforeAll(async () => {
    inventory = await InventoryOnDatabase.open();
  });
  afterAll(() => inventory.close());

  it('holds none while it waits for who makes it, so that they cannot wait for each other', async () => {
    await inventory.shelve('C', 1);
    const named = (sku: string) => ({ tenantId: null, sku, location: 'main', causeId: CAUSE });
    await inventory.rows('BEGIN');
    await inventory.shelve('A', 1);
    const waiting = inventory.batch((tx) =>
      inventory.get(StockStore).lock(tx, [named('A'), named('C')], [named('A'), named('C')]),
    );
    await until('it waits', async () => {
      await inventory.rows('SELECT pg_stat_clear_snapshot()');
      const found = await inventory.rows(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return found.length === 1;
    });
    expect(await inventory.rows(`SELECT sku FROM inventory.stock WHERE sku = 'C' FOR UPDATE NOWAIT`)).toHaveLength(1);
    await inventory.rows('COMMIT');
    expect((await waiting).map(({ sku }) => sku)).toEqual(['A', 'C']);
  });
});
