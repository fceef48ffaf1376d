import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { configureConsumers } from './consumer-switches.store.js';
import {
  moveConsumer,
  pauseConsumer,
  readConsumers,
  resumeConsumer,
  type ConsumerState,
  type Transition,
} from './consumer.store.js';

const EXECUTOR = 'inventoryReservationIntake';

describe('an executor that a person pauses', () => {
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

  const pause = () => db.database.bookkeeping((tx) => pauseConsumer(tx, EXECUTOR, 'by hand'));
  const resume = () => db.database.bookkeeping((tx) => resumeConsumer(tx, EXECUTOR));
  const move = (to: Transition, from: ConsumerState) =>
    db.database.bookkeeping((tx) => moveConsumer(tx, EXECUTOR, to, [from]));
  const consumer = async () => (await db.database.bookkeeping(readConsumers)).get(EXECUTOR);

  it('is paused where it runs, and runs again when it is resumed', async () => {
    await move({ state: 'RUNNING' }, 'NEEDS_SNAPSHOT');
    expect(await pause()).toBe(true);
    expect(await consumer()).toMatchObject({ state: 'PAUSED', held: true, reason: 'by hand' });
    expect(await resume()).toBe(true);
    expect(await consumer()).toMatchObject({ state: 'RUNNING', held: false, reason: null });
  });

  it('does not begin to catch up by itself, and begins anew when it is resumed', async () => {
    await move({ state: 'ONBOARDING', floor: 7n }, 'NEEDS_SNAPSHOT');
    await pause();
    expect(await consumer()).toMatchObject({ state: 'NEEDS_SNAPSHOT', held: true, floor: null });
    expect(await move({ state: 'ONBOARDING', floor: 9n }, 'NEEDS_SNAPSHOT')).toBe(false);
    await resume();
    expect(await move({ state: 'ONBOARDING', floor: 9n }, 'NEEDS_SNAPSHOT')).toBe(true);
  });

  it('keeps the reason for which it was stopped first', async () => {
    await move({ state: 'RUNNING' }, 'NEEDS_SNAPSHOT');
    await move({ state: 'PAUSED', held: true, reason: 'permission denied' }, 'RUNNING');
    expect(await pause()).toBe(false);
    expect(await consumer()).toMatchObject({ state: 'PAUSED', reason: 'permission denied' });
  });

  it.each([
    ['RUNNING', true],
    ['PAUSED', false],
  ])('is %s and held: %s in no way', async (state, held) => {
    const written = db.database.bookkeeping((tx) =>
      tx.execute('UPDATE cdc.consumer SET state = $1, held = $2', [state, held]),
    );
    await expect(written).rejects.toMatchObject({ constraint: 'consumer_held_in_state' });
  });
});
