import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Flow } from '../support/flow.js';
import { migratedDatabase, type MigratedDatabase } from '../support/migrated-database.js';
import type { Program } from '../support/real-program.js';
import { until } from '../support/until.js';
import { holdingProxy, type HoldingProxy } from './support/holding-proxy.js';
import { consumer, inventoryFaults, NO_FAULTS } from './support/look.js';
import { consumersOf, metricOf, programOn, type ProgramOnDatabase } from './support/program-on.js';

const INTAKE = 'inventoryReservationIntake';
const CONFIRMED = ['order:submitted', 'inventory:reservation_confirmed'];
/** The longest that a takeover may last when nobody says goodbye (reliability 4.2, I10). */
const TAKEOVER_MS = 20_000;

describe('a real process that is frozen within a batch, and wakes up replaced', () => {
  let db: MigratedDatabase;
  let network: HoldingProxy;
  let first: ProgramOnDatabase;
  let frozen: Program;
  let second: Flow;
  beforeEach(async () => {
    db = await migratedDatabase();
    network = await holdingProxy(db.appUrl);
    first = await programOn(db, { ORDERKEEL_DATABASE_URL: network.url });
    frozen = first.program;
    await until('it leads, and has come to rest', () => rests(frozen.url), TAKEOVER_MS);
    second = await Flow.start({ on: db });
  });
  afterEach(async () => {
    frozen.wake();
    await first.end();
    await network.close();
    await second.stopProgram();
    await second.dropDatabase();
  });

  const leads = async (url: string | null) => (await consumersOf(url)).every(({ lagEvents }) => lagEvents !== null);
  const rests = async (url: string | null) => (await consumersOf(url)).every(({ lagEvents }) => lagEvents === 0);
  const refusedAtTheFence = () => metricOf(frozen.url, 'orderkeel_cdc_fence_rejected_total');
  const role = () => `SET LOCAL ROLE "${db.roles.ofModule('inventory')}"`;

  it.each([
    ['which the server has not heard of: it fails at the fence', () => [role()], 1],
    ['whose commit is on its way: it is ended, and done by the other one', () => [role(), 'COMMIT\0'], 0],
  ])('its batch, %s', async (_what, texts, refused) => {
    expect([await leads(frozen.url), await leads(second.server.url)]).toEqual([true, false]);
    await second.receive('ZOMBIE-1', 5);
    await until('it has come to rest', () => rests(frozen.url));
    const held = network.hold(...texts());
    const order = await second.submit({ lines: [{ sku: 'ZOMBIE-1', quantity: 2 }] });
    await held;
    frozen.freeze();
    const frozenMs = performance.now();
    await until('the other one leads', () => leads(second.server.url), TAKEOVER_MS + 10_000);
    expect(performance.now() - frozenMs).toBeLessThan(TAKEOVER_MS);
    await second.expectTimeline(order, CONFIRMED);
    expect(await consumer(second, INTAKE)).toMatchObject({ state: 'RUNNING', parkedKeys: 0 });

    network.letGo();
    frozen.wake();
    await until('it knows that it is replaced', async () => !(await leads(frozen.url)));
    await until('its batch was refused', async () => (await refusedAtTheFence()) >= refused);
    const next = await second.submit({ lines: [{ sku: 'ZOMBIE-1', quantity: 2 }] });
    await second.expectTimeline(next, CONFIRMED);
    await second.expectTimeline(order, CONFIRMED);
    expect(await inventoryFaults(db)).toEqual(NO_FAULTS);
    expect(await leads(frozen.url)).toBe(false);
  });
});
