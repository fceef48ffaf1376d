import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { holdingProxy, type HoldingProxy } from '../../stream/support/holding-proxy.js';
import { consumer, inventoryFaults, NO_FAULTS, sql } from '../../stream/support/look.js';
import { metricOf, programOn, type ProgramOnDatabase } from '../../stream/support/program-on.js';
import { flowStack } from '../../support/flow-connector.js';
import { Flow } from '../../support/flow.js';
import type { Program } from '../../support/real-program.js';
import { until } from '../../support/until.js';
import { ownedPartitions } from '../owned-partitions.js';
import { tell } from './found.js';

const INTAKE = 'inventoryReservationIntake';
const CONFIRMED = ['order:submitted', 'inventory:reservation_confirmed'];
/** The session of a member, and a batch that was open when it froze; with room for a slow machine. */
const REPLACED_MS = 60_000;

describe('a process that is frozen within a batch for longer than its session, and wakes up replaced', () => {
  let network: HoldingProxy;
  let first: Flow;
  let second: ProgramOnDatabase;
  let frozen: Program;
  beforeEach(async () => {
    first = await Flow.start();
    network = await holdingProxy(first.db.appUrl);
    second = await programOn(first.db, {
      ORDERKEEL_DATABASE_URL: network.url,
      ORDERKEEL_CHANGES: 'kafka',
      ORDERKEEL_KAFKA_BROKERS: flowStack()!.brokers,
    });
    frozen = second.program;
    await until('they share the partitions', async () => (await owned()).length === 2);
  });
  afterEach(async () => {
    frozen.wake();
    await second.end();
    await network.close();
    await first.stop();
  });

  const owned = () => ownedPartitions(first, INTAKE);
  const role = () => `SET LOCAL ROLE "${first.db.roles.ofModule('inventory')}"`;
  const owners = () =>
    sql<{ pid: number }>(
      first.db,
      `SELECT DISTINCT split_part(owner, '/', 2)::int AS pid FROM cdc.checkpoint WHERE executor = '${INTAKE}'`,
    );

  it('has its late batch refused by the fence, and takes part again', async () => {
    await first.receive('ZOMBIE-1', 100);
    await first.expectQuiet();
    const held = network.hold(role());
    // Some of them come into its partitions.
    const orders = Array.from({ length: 16 }, () => first.submit({ lines: [{ sku: 'ZOMBIE-1', quantity: 1 }] }));
    await held;
    frozen.freeze();
    const frozenMs = performance.now();
    await until('the other one has all', async () => (await owned()).length === 4, REPLACED_MS);
    tell('frozen', { takeoverMs: Math.round(performance.now() - frozenMs) });
    for (const order of await Promise.all(orders)) await first.expectTimeline(order, CONFIRMED);
    expect(await owners()).toEqual([{ pid: process.pid }]);

    network.letGo();
    frozen.wake();
    const refused = () => metricOf(frozen.url, 'orderkeel_cdc_fence_rejected_total');
    await until('its batch was refused', async () => (await refused()) > 0);
    await until('they share the partitions again', async () => (await owners()).length === 2, REPLACED_MS);
    const next = await first.submit({ lines: [{ sku: 'ZOMBIE-1', quantity: 1 }] });
    await first.expectTimeline(next, CONFIRMED);
    expect(await inventoryFaults(first.db)).toEqual(NO_FAULTS);
    expect(await consumer(first, INTAKE)).toMatchObject({ state: 'RUNNING', parkedKeys: 0 });
  });
});
