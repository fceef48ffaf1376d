import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { configureConsumers, enabledModules, type ConfiguredConsumer } from './consumer-switches.store.js';
import { readConsumers } from './consumer.store.js';

const EXECUTOR = 'inventoryReservationIntake';

describe('the stored set of modules', () => {
  let db: MigratedDatabase;
  beforeAll(async () => (db = await migratedDatabase()));
  afterAll(() => db.drop());

  const configure = (wish: Partial<ConfiguredConsumer> = {}) =>
    db.database.bookkeeping((tx) =>
      configureConsumers(tx, [
        { executor: EXECUTOR, module: 'inventory', moduleEnabled: true, executorEnabled: true, version: 1, ...wish },
      ]),
    );
  const modules = () => db.database.bookkeeping(enabledModules);
  const consumer = async () => (await db.database.bookkeeping(readConsumers)).get(EXECUTOR);
  beforeEach(() => db.database.bookkeeping((tx) => tx.execute('DELETE FROM cdc.consumer')));

  it('is unknown on a new database, and then tells of every change', async () => {
    expect(await modules()).toBeNull();
    expect(await configure()).toEqual([]);
    expect(await configure({ moduleEnabled: false })).toEqual([`${EXECUTOR} is disabled`]);
    expect(await modules()).toEqual([]);
    expect(await configure()).toEqual([`${EXECUTOR} is enabled`]);
    expect(await consumer()).toMatchObject({ state: 'NEEDS_SNAPSHOT' });
  });

  it('keeps a module off whose executor was off already', async () => {
    await configure({ executorEnabled: false });
    expect(await modules()).toEqual(['inventory']);
    await configure({ executorEnabled: false, moduleEnabled: false });
    expect(await modules()).toEqual([]);
  });

  it('keeps the version of an executor that stays as it is', async () => {
    await configure();
    await configure({ version: 2 });
    expect(await consumer()).toMatchObject({ handlerVersion: 2, state: 'NEEDS_SNAPSHOT' });
  });
});
