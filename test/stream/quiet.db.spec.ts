import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Flow } from '../support/flow.js';
import { inventoryFaults, NO_FAULTS, number } from './support/look.js';

describe('the change stream at rest', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.start();
    await flow.receive('QUIET-1', 30);
  });
  afterAll(() => flow?.stop());

  it('says that nothing waits only when all that was acknowledged before is applied', async () => {
    for (let round = 0; round < 25; round += 1) {
      const acknowledged = await Promise.all(
        Array.from({ length: 8 }, () => flow.submit({ lines: [{ sku: 'QUIET-1', quantity: 1 }] })),
      );
      const { body } = await flow.call<{ items: { executor: string; lagEvents: number | null }[] }>(
        'GET',
        '/ops/consumers',
      );
      const ingestor = body.items.find(({ executor }) => executor === 'orderIntentIngestor');
      if (ingestor?.lagEvents !== 0) continue;
      const missing = await number(
        flow.db,
        `SELECT count(*) FROM unnest($1::uuid[]) AS id WHERE NOT EXISTS (SELECT FROM "order"."order" WHERE order_id = id)`,
        [acknowledged],
      );
      expect({ round, missing }).toEqual({ round, missing: 0 });
    }
    await flow.expectQuiet();
    expect(await inventoryFaults(flow.db)).toEqual(NO_FAULTS);
  });

  it('costs next to nothing: few commits, little WAL, little of the processor', async () => {
    await flow.expectQuiet();
    // What the last burst left to acknowledge and to report is over.
    await delay(12_000);
    const before = { ...(await counters()), cpu: process.cpuUsage() };
    await delay(30_000);
    const after = await counters();
    const cpu = process.cpuUsage(before.cpu);
    const spent = {
      commits: after.commits - before.commits,
      wal: after.wal - before.wal,
      cpuSeconds: (cpu.user + cpu.system) / 1_000_000,
    };
    expect(spent.commits).toBeLessThan(5);
    expect(spent.wal).toBeLessThan(50_000);
    expect(spent.cpuSeconds).toBeLessThan(3);
  });

  /** Looking costs a commit itself, which the second look counts. */
  async function counters(): Promise<{ commits: number; wal: number }> {
    const commits = await number(
      flow.db,
      `SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()`,
    );
    return { commits, wal: await number(flow.db, `SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn`) };
  }
});
