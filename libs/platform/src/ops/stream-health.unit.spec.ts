import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '../database/database.js';
import type { ModuleTx } from '../database/module-tx.js';
import { HealthProbes } from '../http/health/health-probes.js';
import type { ChangeStreamView } from './change-stream-view.js';
import { StreamHealth } from './stream-health.js';

describe('the health of a process that does not read the change stream', () => {
  let slot: { unreadSeconds: number | null } | undefined;
  let nowMs = 0;
  let stream: {
    runsExecutors: boolean;
    reading: boolean;
    readsSlot: boolean;
    failingSinceMs: number | null;
    slot: string;
    knownLags: () => Map<string, unknown>;
  };
  let probes: HealthProbes;
  beforeEach(() => {
    nowMs = 1_000_000;
    stream = {
      runsExecutors: true,
      reading: false,
      readsSlot: false,
      failingSinceMs: null,
      slot: 'spec',
      knownLags: () => new Map(),
    };
    const tx = {
      query: async (sql: string) => (sql.includes('pg_replication_slots') ? [slot].filter(Boolean) : []),
    } as unknown as ModuleTx;
    const db = { bookkeeping: <T>(work: (each: ModuleTx) => Promise<T>) => work(tx) } as unknown as Database;
    const clock = { nowMs: () => nowMs, now: () => '' };
    probes = new HealthProbes();
    new StreamHealth(probes, db, stream as unknown as ChangeStreamView, clock).onModuleInit();
  });
  const found = async () => (await probes.report('readiness')).probes['stream'];

  it('is good while another one reads it, and for as long as taking over may take', async () => {
    slot = { unreadSeconds: null };
    expect(await found()).toEqual({ ok: true, detail: 'standing by' });
    slot = { unreadSeconds: 60 };
    expect(await found()).toEqual({ ok: true, detail: 'standing by' });
  });

  it('is bad when nobody has read it for longer than a minute', async () => {
    slot = { unreadSeconds: 61 };
    expect(await found()).toEqual({ ok: false, detail: 'nobody has read the change stream for 61 s' });
    expect((await probes.report('readiness')).status).toBe('failing');
  });

  it('is bad when the slot has been missing for longer than a minute', async () => {
    slot = undefined;
    expect(await found()).toMatchObject({ ok: true });
    nowMs += 61_000;
    expect(await found()).toEqual({ ok: false, detail: 'nobody has read the change stream for 61 s' });
    slot = { unreadSeconds: null };
    expect(await found()).toMatchObject({ ok: true });
  });

  it('is bad when it has failed to read for longer than a minute, even while another one reads', async () => {
    slot = { unreadSeconds: null };
    stream.failingSinceMs = nowMs;
    expect(await found()).toEqual({ ok: true, detail: 'trying to read' });
    nowMs += 61_000;
    expect(await found()).toEqual({
      ok: false,
      detail: 'this process has failed to read the change stream for 61 s: see its log',
    });
    expect((await probes.report('readiness')).status).toBe('failing');
    stream.failingSinceMs = null;
    expect(await found()).toEqual({ ok: true, detail: 'standing by' });
  });

  it('is good in one that runs no executor, so that it takes orders while those that do are moved', async () => {
    stream.runsExecutors = false;
    stream.failingSinceMs = nowMs - 100_000;
    slot = { unreadSeconds: 100 };
    expect(await found()).toEqual({ ok: true, detail: 'the executors run in other processes' });
  });

  it('is bad when it reads what a connector writes, and that has read nothing for longer than a minute', async () => {
    stream.reading = true;
    slot = { unreadSeconds: null };
    expect(await found()).toEqual({ ok: true, detail: 'this process reads' });
    slot = { unreadSeconds: 61 };
    expect(await found()).toEqual({ ok: false, detail: 'nobody has read the change stream for 61 s' });
  });

  it('is bad when one of its executors has failed to read for longer than a minute, while others do', async () => {
    stream.reading = stream.readsSlot = true;
    expect(await found()).toEqual({ ok: true, detail: 'this process reads' });
    stream.failingSinceMs = nowMs - 61_000;
    expect(await found()).toMatchObject({ ok: false, detail: expect.stringContaining('for 61 s') });
  });

  it('does not matter to the one that reads', async () => {
    slot = { unreadSeconds: 100 };
    stream.reading = stream.readsSlot = true;
    expect(await found()).toEqual({ ok: true, detail: 'this process reads' });
  });
});
