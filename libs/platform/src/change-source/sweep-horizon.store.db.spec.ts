import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { configureConsumers } from '../reaction/consumer-switches.store.js';
import { moveHorizon, readHorizon } from './sweep-horizon.store.js';

const EXECUTOR = 'inventoryReservationIntake';
const BEGINNING = '1970-01-01T00:00:00.000000Z';

describe('the horizon of the sweep', () => {
  let db: MigratedDatabase;
  beforeAll(async () => (db = await migratedDatabase()));
  afterAll(() => db.drop());
  beforeEach(() =>
    db.database.bookkeeping(async (tx) => {
      await tx.execute('DELETE FROM cdc.consumer');
      const switches = { moduleEnabled: true, executorEnabled: true, version: 1 };
      await configureConsumers(tx, [{ executor: EXECUTOR, module: 'inventory', ...switches }]);
    }),
  );

  const move = (before: string) => db.database.bookkeeping((tx) => moveHorizon(tx, EXECUTOR, before));
  const horizon = () => db.database.bookkeeping((tx) => readHorizon(tx, EXECUTOR));
  const fromNow = async (offset: string) => {
    const [row] = await db.database.bookkeeping((tx) =>
      tx.query<{ at: string }>('SELECT now() + $1::interval AS at', [offset]),
    );
    return row!.at;
  };
  const storeAhead = () =>
    db.database.bookkeeping((tx) => tx.execute(`UPDATE cdc.consumer SET verified_before = now() + interval '1 hour'`));

  it('moves on and never back, and is read with what may have been committed late', async () => {
    expect(await horizon()).toBe(BEGINNING);
    await move('2026-01-01T01:00:00Z');
    await move('2026-01-01T00:30:00Z');
    expect(await horizon()).toBe('2026-01-01T00:55:00.000000Z');
  });

  it('stays within what has passed, whatever the clock of a process says', async () => {
    await move(await fromNow('1 hour'));
    const read = await horizon();
    expect(read > (await fromNow('-10 minutes'))).toBe(true);
    expect(read < (await fromNow('-5 minutes'))).toBe(true);
  });

  it('tells nothing when it lies ahead, and is lowered by who has looked at all', async () => {
    await storeAhead();
    expect(await horizon()).toBe(BEGINNING);
    await move('2026-01-01T01:00:00Z');
    expect(await horizon()).toBe('2026-01-01T00:55:00.000000Z');
  });
});
