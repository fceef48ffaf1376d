import { describe, expect, it } from '@jest/globals';
import type { Database } from '../database/database.js';
import type { ModuleTx } from '../database/module-tx.js';
import type { Lane } from '../reaction/lane.js';
import { Acknowledger, type Reign } from './acknowledger.js';
import type { EmbeddedContext } from './embedded-source.js';
import type { ExecutorRun } from '../change-source/executor-run.js';

/** A reign over lanes that stand at these places; tells what the slot is told. */
function reignOver(received: bigint, lanes: readonly Partial<Lane>[]): Reign & { told: bigint[] } {
  const told: bigint[] = [];
  const runs = new Map([['spec', { lanes } as unknown as ExecutorRun]]);
  return {
    told,
    runs: lanes.length > 0 ? runs : new Map(),
    reader: { receivedLsn: received, acknowledge: (lsn) => told.push(lsn) },
  };
}

/** What the database says of an executor that runs elsewhere, or is paused; null: there is none. */
const heldAt = (from: string | null) => (from === null ? [] : [{ executor: 'another', from }]);

/** A database that answers so when it is asked who holds the slot, one after the other; keeps what is written. */
function contextWith(...held: (object[] | Promise<object[]>)[]) {
  const ack = '50';
  const statements: string[] = [];
  const tx = {
    query: async (sql: string) => (sql.includes('cdc.ack') ? [{ upTo: ack, sourceId: 'spec' }] : held.shift()),
    execute: async (sql: string) => statements.push(sql),
  } as unknown as ModuleTx;
  const db = { bookkeeping: <T>(work: (each: ModuleTx) => Promise<T>) => work(tx) } as unknown as Database;
  const settings = { slot: 'spec', maxRetainedBytes: 1_000_000n };
  return { statements, context: { db, settings, log: { failed: () => undefined } } as unknown as EmbeddedContext };
}

async function stopAfterStart(received: bigint, lanes: readonly Partial<Lane>[], othersAt: string | null = null) {
  const reign = reignOver(received, lanes);
  const { context, statements } = contextWith(heldAt(othersAt));
  const acknowledger = new Acknowledger(context, reign, 'spec');
  await acknowledger.begin();
  acknowledger.start();
  await acknowledger.stop();
  return { told: reign.told, statements };
}

const busyAt = (pos: bigint): Partial<Lane> => ({ idle: false, position: { pos, idx: 0 } });

describe('what the slot is told', () => {
  it('is nothing by a reign that ended before it knew its lanes', async () => {
    const reign = reignOver(500n, []);
    const { context, statements } = contextWith();
    await new Acknowledger(context, reign, 'spec').stop();
    expect({ told: reign.told, statements }).toEqual({ told: [], statements: [] });
  });

  it('is the place of the lane that is furthest behind', async () => {
    expect((await stopAfterStart(500n, [busyAt(300n), busyAt(200n)])).told).toEqual([200n]);
  });

  it('is not beyond an executor that is paused or catches up', async () => {
    expect((await stopAfterStart(500n, [busyAt(300n)], '120')).told).toEqual([120n]);
  });

  it('goes by the question that was asked last, whichever answer comes last', async () => {
    let answerFirst: (held: object[]) => void = () => undefined;
    const slow = new Promise<object[]>((resolve) => (answerFirst = resolve));
    const reign = reignOver(500n, [busyAt(300n)]);
    const { context } = contextWith(heldAt(null), slow, heldAt('120'));
    const acknowledger = new Acknowledger(context, reign, 'spec');
    await acknowledger.begin();
    acknowledger.start();
    const asked = acknowledger.refresh();
    await acknowledger.refresh();
    answerFirst(heldAt(null));
    await asked;
    await acknowledger.stop();
    expect(reign.told).toEqual([120n]);
  });

  it('is written down before it is told, and never goes back', async () => {
    const { told, statements } = await stopAfterStart(500n, [busyAt(300n)]);
    expect({ told, written: statements.length }).toEqual({ told: [300n], written: 1 });
    expect((await stopAfterStart(500n, [busyAt(40n)])).told).toEqual([]);
  });
});
