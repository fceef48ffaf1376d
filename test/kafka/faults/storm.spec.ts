import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clients } from '../../kill/clients.js';
import { Counters } from '../../kill/counters.js';
import { Flow } from '../../support/flow.js';
import { broken, tell } from './found.js';

/** How often somebody joins and leaves; more by STORM_TIMES. */
const TIMES = Number(process.env['STORM_TIMES'] ?? 3);
/** About 20 orders a second, on 24 SKUs. */
const ZEAL = { seed: 7, tickMs: 40 };

describe('a program, while others join its groups and leave them again under load', () => {
  let folder: string;
  let flow: Flow;
  let clients: Clients;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orderkeel-storm-'));
    flow = await Flow.start();
    const system = { url: () => flow.server.url, adminUrl: async () => flow.db.adminUrl };
    clients = await Clients.of(system, folder, ZEAL);
  });
  afterAll(async () => {
    await clients.end();
    await flow.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('loses nothing, does nothing twice, and repairs nothing afterwards', async () => {
    const counters = new Counters();
    await clients.start();
    for (let time = 1; time <= TIMES; time += 1) {
      const other = await Flow.start({ on: flow.db });
      await counters.read(other.server.url);
      await other.stopProgram();
    }
    await clients.stop();
    await clients.settle();
    await flow.expectQuiet();
    await counters.read(flow.server.url);
    tell('rebalance storm', { times: TIMES, ...counters.sums, ...(await clients.outcomes()) });
    expect(broken(await clients.findings())).toEqual([]);
    expect(counters.sums.rebalances).toBeGreaterThan(TIMES);
    expect(counters.sums.sweepRepaired).toBe(0);
  });
});
