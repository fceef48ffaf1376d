import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testBroker, type TestBroker } from '../../../libs/platform/src/kafka-source/testing/test-broker.js';
import { builtDeclarations } from '../../../apps/server/src/index.js';
import { Clients } from '../../kill/clients.js';
import { Counters } from '../../kill/counters.js';
import { sql } from '../../stream/support/look.js';
import { chance } from '../../support/disturbed.js';
import { flowStack, slotOf } from '../../support/flow-connector.js';
import { Flow } from '../../support/flow.js';
import { broken, tell } from './found.js';
import { Replayer } from './replayer.js';

/** How often everything is replayed at rest; more by REPLAY_TIMES. */
const TIMES = Number(process.env['REPLAY_TIMES'] ?? 20);
/** About 20 orders a second, on 24 SKUs. */
const ZEAL = { seed: 11, tickMs: 40 };

/** What a repetition must not change: everything that modules have written. */
const WRITTEN = `
SELECT (SELECT md5(string_agg(h::text, '' ORDER BY id)) FROM "order".order_status_history h) AS history,
       (SELECT md5(string_agg(o::text, '' ORDER BY id)) FROM "order"."order" o) AS orders,
       (SELECT md5(string_agg(l::text, '' ORDER BY id)) FROM inventory.stock_ledger l) AS ledger,
       (SELECT md5(string_agg(s::text, '' ORDER BY id)) FROM inventory.stock s) AS stock,
       (SELECT md5(string_agg(r::text, '' ORDER BY id)) FROM inventory.reservation r) AS reservations,
       (SELECT md5(string_agg(m::text, '' ORDER BY m::text)) FROM inventory.stock_movement m) AS movements`;

describe('records that come again, older ones behind newer ones, in all topics', () => {
  let folder: string;
  let flow: Flow;
  let broker: TestBroker;
  let clients: Clients;
  let replayer: Replayer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orderkeel-replayed-'));
    flow = await Flow.start();
    broker = await testBroker(flowStack()!.brokers);
    clients = await Clients.of({ url: () => flow.server.url, adminUrl: async () => flow.db.adminUrl }, folder, ZEAL);
    const contracts = builtDeclarations.flatMap(({ publishes }) => publishes);
    const topics = contracts.map(({ schema, table }) => `${slotOf(flow.db)}.${schema}.${table}`);
    replayer = await Replayer.of(broker, topics, chance(ZEAL.seed));
  });
  afterAll(async () => {
    await replayer.close();
    await broker.close();
    await clients.end();
    await flow.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const written = async () => (await sql<Record<string, string>>(flow.db, WRITTEN))[0];

  it('do nothing twice while clients order', async () => {
    await clients.start();
    for (let time = 1; time <= TIMES; time += 1) await replayer.replay();
    await clients.stop();
    await flow.expectQuiet();
    expect(broken(await clients.findings())).toEqual([]);
  });

  it('change nothing at all once everything is done', async () => {
    const before = await written();
    for (let time = 1; time <= TIMES; time += 1) await replayer.replay();
    await flow.expectQuiet();
    expect(await written()).toEqual(before);
    const counters = new Counters();
    await counters.read(flow.server.url);
    tell('replayed', { replayed: replayer.count, ...counters.sums, ...(await clients.outcomes()) });
    expect(counters.sums.sweepRepaired).toBe(0);
  });

  it('are not asked for by offsets of the group that somebody has moved, or deleted', async () => {
    const before = await written();
    const group = `${slotOf(flow.db)}.inventoryReservationIntake`;
    const topic = `${slotOf(flow.db)}.order.order`;
    for (const change of [() => broker.moveGroupToStart(group, topic), () => broker.forgetGroup(group)]) {
      await flow.stopProgram();
      await change();
      flow = await Flow.start({ on: flow.db });
      await flow.expectQuiet();
      const counters = new Counters();
      await counters.read(flow.server.url);
      expect(counters.sums.records).toBe(0);
    }
    expect(await written()).toEqual(before);
  });
});
