import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Contract } from '../contract/contract.js';
import { applicationOn, type TestApplication } from '../../../../test/support/application.js';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { until } from '../../../../test/support/until.js';
import { applyBatch } from './apply-batch.js';
import { claim, placeLane, readCheckpoint, type Checkpoint } from './checkpoint.store.js';
import type { Executor } from './executor.js';
import { IncomingChange } from './incoming-change.js';

describe.each([18, 17] as const)('the fence, on PostgreSQL %i', (version) => {
  let db: MigratedDatabase;
  let app: TestApplication;
  let executor: Executor;
  let reactions = 0;
  beforeAll(async () => {
    db = await migratedDatabase({ version });
    app = await applicationOn(db);
    const real = app.executor('inventoryReservationIntake');
    executor = { ...real, reaction: { react: async () => void (reactions += 1) } };
  });
  afterAll(async () => {
    await app.close();
    await db.drop();
  });

  const lane = (part: number) => ({ executor: executor.name, stream: 'fence', part });
  const owned = (part: number, owner: string): Promise<Checkpoint> =>
    db.database.bookkeeping(async (tx) => {
      const start = { pos: 100n, idx: 0, module: executor.module, kind: 'lsn' as const, sourceId: 'spec' };
      if (!(await readCheckpoint(tx, lane(part)))) await placeLane(tx, lane(part), start);
      return (await claim(tx, lane(part), owner))!;
    });
  const batch = (part: number, from: Checkpoint, pos: bigint) => ({
    lane: lane(part),
    from,
    to: { pos, idx: 0 },
    changes: [change(executor.contract, 'a')],
  });
  const place = (part: number) => db.database.bookkeeping((tx) => readCheckpoint(tx, lane(part)));

  it('lets the owner pass, from where it stands', async () => {
    const from = await owned(0, 'first');
    await applyBatch(db.database, executor, batch(0, from, 200n));
    expect(await place(0)).toMatchObject({ pos: 200n, idx: 0 });
  });

  it('refuses who has been replaced, before the reaction is called', async () => {
    const former = await owned(1, 'first');
    await owned(1, 'second');
    const before = reactions;
    await expect(applyBatch(db.database, executor, batch(1, former, 200n))).rejects.toMatchObject({
      code: 'stale-owner',
    });
    expect({ place: (await place(1))?.pos, reactions }).toEqual({ place: 100n, reactions: before });
  });

  it('refuses the same piece of the stream a second time', async () => {
    const from = await owned(2, 'first');
    await applyBatch(db.database, executor, batch(2, from, 200n));
    await expect(applyBatch(db.database, executor, batch(2, from, 200n))).rejects.toMatchObject({
      code: 'stale-owner',
    });
  });

  it('lets only one of two pass who meet at the same place', async () => {
    const from = await owned(3, 'first');
    const results = await Promise.allSettled(
      [1n, 2n, 3n].map((n) => applyBatch(db.database, executor, batch(3, from, 200n + n))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('makes a successor wait for the batch that is under way, and start behind it', async () => {
    const from = await owned(4, 'first');
    let finish: () => void = () => undefined;
    const slow: Executor = {
      ...executor,
      reaction: { react: () => new Promise<void>((resolve) => (finish = resolve)) },
    };
    const working = applyBatch(db.database, slow, batch(4, from, 300n));
    const waiting = until('the batch holds its checkpoint', () => finish.name !== 'finish' && finish);
    const end = await waiting;
    const successor = owned(4, 'second');
    end();
    await working;
    expect((await successor).pos).toBe(300n);
  });
});

function change(contract: Contract, key: string): IncomingChange {
  const after = { [contract.key]: key };
  return new IncomingChange(contract, key, { op: 'c', before: null, after, envelopeJson: () => '{}' });
}
