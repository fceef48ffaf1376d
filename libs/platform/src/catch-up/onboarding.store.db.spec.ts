import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OrderContract } from '@orderkeel/order/contract';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { fence } from '../reaction/checkpoint.store.js';
import { configureConsumers } from '../reaction/consumer-switches.store.js';
import { readConsumers } from '../reaction/consumer.store.js';
import type { Executor } from '../reaction/executor.js';
import { beginCopying, beginFollowing, beginWorking, claimKeys } from './onboarding.store.js';

const NAME = 'inventoryReservationIntake';
const reaction = { react: async () => undefined };
const executor: Executor = {
  name: NAME,
  module: 'inventory',
  contract: OrderContract,
  version: 1,
  patienceMs: undefined,
  lanes: 1,
  reaction,
};

describe('a catch-up that is taken over half way', () => {
  let db: MigratedDatabase;
  beforeAll(async () => (db = await migratedDatabase()));
  afterAll(() => db.drop());
  beforeEach(() =>
    db.database.bookkeeping(async (tx) => {
      await tx.execute('DELETE FROM cdc.consumer');
      await tx.execute('DELETE FROM cdc.checkpoint');
      const switches = { moduleEnabled: true, executorEnabled: true, version: 1 };
      await configureConsumers(tx, [{ executor: NAME, module: 'inventory', ...switches }]);
    }),
  );

  const claimBy = (owner: string, sourceId: string) =>
    db.database.bookkeeping(async (tx) => (await claimKeys(tx, [executor], owner, sourceId))[0]!);
  /** With Kafka, five keys are done. */
  const halfDone = async () => {
    const mine = await claimBy('one', 'a Kafka cluster');
    await db.database.bookkeeping(async (tx) => {
      await beginCopying(tx, mine);
      await beginWorking(tx, mine);
      await fence(tx, mine.lane, mine.checkpoint, { pos: 5n, idx: 0 });
    });
    return mine;
  };

  it('goes on at its ordinal where it reads from the same source', async () => {
    await halfDone();
    const next = await claimBy('two', 'a Kafka cluster');
    expect([next.state, next.checkpoint.pos]).toEqual(['SNAPSHOTTING', 5n]);
    await db.database.bookkeeping((tx) => beginFollowing(tx, next));
  });

  it('copies the keys again for another source, whose place is not known, and leaves out what is done', async () => {
    const first = await halfDone();
    const next = await claimBy('two', 'a server/1');
    expect([next.state, next.checkpoint.pos]).toEqual(['NEEDS_SNAPSHOT', 5n]);
    const stored = (await db.database.bookkeeping(readConsumers)).get(NAME);
    expect(stored).toMatchObject({ state: 'NEEDS_SNAPSHOT', reason: 'another source had begun its catch-up' });
    await expect(db.database.bookkeeping((tx) => beginFollowing(tx, first))).rejects.toMatchObject({
      code: 'stale-owner',
    });
  });
});
