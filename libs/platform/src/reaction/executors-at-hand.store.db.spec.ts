import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { until } from '../../../../test/support/until.js';
import { configureConsumers } from './consumer-switches.store.js';
import { moveConsumer, readConsumers } from './consumer.store.js';
import { announceExecutors, retireExecutors } from './executors-at-hand.store.js';

describe('an executor that this program is not built with', () => {
  let db: MigratedDatabase;
  beforeAll(async () => (db = await migratedDatabase()));
  afterAll(() => db.drop());

  const configure = (...executors: string[]) => {
    const switches = { module: 'spec', moduleEnabled: true, executorEnabled: true, version: 1 };
    return db.database.bookkeeping((tx) =>
      configureConsumers(
        tx,
        executors.map((executor) => ({ executor, ...switches })),
      ),
    );
  };
  const retire = (...built: string[]) => db.database.bookkeeping((tx) => retireExecutors(tx, built));
  const stateOf = async (executor: string) => (await db.database.bookkeeping(readConsumers)).get(executor);
  beforeEach(async () => {
    await db.database.bookkeeping((tx) => tx.execute('DELETE FROM cdc.consumer'));
    await configure('kept', 'removed');
    await db.database.bookkeeping((tx) => moveConsumer(tx, 'removed', { state: 'RUNNING' }, ['NEEDS_SNAPSHOT']));
  });

  it('is disabled, and needs a snapshot when a later program has it again', async () => {
    expect(await retire('kept')).toEqual(['removed']);
    expect(await stateOf('removed')).toMatchObject({ state: 'DISABLED', reason: 'no program is built with it' });
    expect(await stateOf('kept')).toMatchObject({ state: 'NEEDS_SNAPSHOT' });
    expect(await retire('kept')).toEqual([]);
    expect(await configure('kept', 'removed')).toEqual(['removed is enabled']);
    expect(await stateOf('removed')).toMatchObject({ state: 'NEEDS_SNAPSHOT', reason: null });
  });

  it('is left alone while another process has its code, and only so long', async () => {
    const other = new pg.Client({ connectionString: db.replicationUrl });
    await other.connect();
    await announceExecutors(other, ['removed', 'newer']);
    expect(await retire('kept')).toEqual([]);
    expect(await stateOf('removed')).toMatchObject({ state: 'RUNNING' });
    await other.end();
    await until('the server has ended the session', async () => (await retire('kept')).length === 1);
  });
});
