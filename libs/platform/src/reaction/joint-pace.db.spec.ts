import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { applicationOn, type TestApplication } from '../../../../test/support/application.js';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import type { Attempt } from './attempt.js';
import { claim, placeLane, readCheckpoint, type Checkpoint } from './checkpoint.store.js';
import type { Executor } from './executor.js';
import { IncomingChange } from './incoming-change.js';
import { JointPace } from './joint-pace.js';

describe('lanes that share their pace', () => {
  let db: MigratedDatabase;
  let app: TestApplication;
  let executor: Executor;
  let pace: JointPace;
  /** The keys of each call of the reaction. */
  let heard: string[][];
  /** What was told when it was asked how long to wait. */
  let rests: number[];
  let fails: (keys: readonly string[]) => unknown;
  beforeAll(async () => {
    db = await migratedDatabase();
    app = await applicationOn(db);
    const react = async (changes: readonly { key: string }[]) => {
      const keys = changes.map(({ key }) => key);
      heard.push(keys);
      const error = fails(keys);
      if (error) throw error;
    };
    executor = { ...app.executor('inventoryReservationIntake'), reaction: { react } };
  });
  beforeEach(() => {
    heard = [];
    fails = () => null;
    rests = [];
    pace = new JointPace(db.database, executor, (restedMs) => {
      rests.push(restedMs);
      return 5;
    });
  });
  afterAll(async () => {
    await app.close();
    await db.drop();
  });

  const lane = (part: number) => ({ executor: executor.name, stream: 'joint', part });
  const start = { pos: 100n, idx: 0, kind: 'offset' as const, sourceId: 'spec' };
  const owned = (part: number, owner = 'spec'): Promise<Checkpoint> =>
    db.database.bookkeeping(async (tx) => {
      await placeLane(tx, lane(part), { ...start, module: executor.module });
      return (await claim(tx, lane(part), owner))!;
    });
  const record = { offset: 150n, txId: 7, lsn: 1500n };
  const attempt = (part: number, from: Checkpoint, key = `key-${part}`): Promise<Attempt> =>
    pace.attempt(
      { lane: lane(part), from, to: { pos: 200n, idx: 0, record }, changes: [change(key)] },
      () => undefined,
    );
  const change = (key: string) =>
    new IncomingChange(executor.contract, key, {
      op: 'c',
      before: null,
      after: { [executor.contract.key]: key },
      envelopeJson: () => '{}',
    });
  const place = (part: number) => db.database.bookkeeping((tx) => readCheckpoint(tx, lane(part)));
  const kinds = (attempts: readonly Attempt[]) => attempts.map(({ kind }) => kind);

  it('apply what they have at the same moment in one transaction, each to its own place', async () => {
    const lanes = [await owned(0), await owned(1), await owned(2)];
    const attempts = await Promise.all(lanes.map((from, part) => attempt(part, from)));
    expect(attempts).toMatchObject([0, 1, 2].map((part) => ({ outcome: { applied: [{ key: `key-${part}` }] } })));
    expect(heard).toEqual([['key-0', 'key-1', 'key-2']]);
    expect(await Promise.all([place(0), place(1), place(2)])).toMatchObject(
      [0, 1, 2].map(() => ({ pos: 200n, record })),
    );
  });

  it('go on without the one that another process has taken over', async () => {
    const [first, former] = [await owned(3), await owned(4)];
    await owned(4, 'another');
    expect(kinds(await Promise.all([attempt(3, first), attempt(4, former)]))).toEqual(['applied', 'stale']);
    expect(await Promise.all([place(3), place(4)])).toMatchObject([{ pos: 200n }, { pos: 100n }]);
    expect(heard).toEqual([['key-3']]);
  });

  it('try alone where a key fails, so that it is parked in its own lane', async () => {
    const lanes = [await owned(5), await owned(6)] as const;
    fails = (keys) => (keys.includes('poison') ? new Error('cannot be applied') : null);
    const attempts = await Promise.all([attempt(5, lanes[0], 'poison'), attempt(6, lanes[1])]);
    expect(attempts).toMatchObject([{ outcome: { newlyParked: ['poison'] } }, { outcome: { newlyParked: [] } }]);
    expect(await Promise.all([place(5), place(6)])).toMatchObject([{ pos: 200n }, { pos: 200n }]);
  });

  it('all try again later where the transaction met another one', async () => {
    const lanes = [await owned(7), await owned(8)] as const;
    fails = () => Object.assign(new Error('met'), { code: '40001' });
    expect(kinds(await Promise.all([attempt(7, lanes[0]), attempt(8, lanes[1])]))).toEqual(['conflict', 'conflict']);
    expect(heard).toHaveLength(1);
    fails = () => null;
    expect(kinds(await Promise.all([attempt(7, lanes[0]), attempt(8, lanes[1])]))).toEqual(['applied', 'applied']);
  });

  it('tell how long it is since a batch began, so that what comes after a rest need not wait', async () => {
    await pace.gather();
    await attempt(9, await owned(9));
    await pace.gather();
    expect(rests).toEqual([Infinity, expect.any(Number)]);
    expect(rests[1]).toBeLessThan(Infinity);
  });

  it('wait together for more', async () => {
    const waits = [pace.gather(), pace.gather()];
    expect(waits[0]).toBe(waits[1]);
    await Promise.all(waits);
    expect(pace.gather()).not.toBe(waits[0]);
  });
});
