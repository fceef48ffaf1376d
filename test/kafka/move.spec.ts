import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testBroker } from '../../libs/platform/src/kafka-source/testing/test-broker.js';
import { consumer, inventoryFaults, metric, NO_FAULTS, number } from '../stream/support/look.js';
import { programOn, type ProgramOnDatabase } from '../stream/support/program-on.js';
import { flowStack, slotOf } from '../support/flow-connector.js';
import { Flow } from '../support/flow.js';
import { migratedDatabase, type MigratedDatabase } from '../support/migrated-database.js';
import { until } from '../support/until.js';
import { MovedConnector } from './moved-connector.js';
import { SteadyOrders } from './steady-orders.js';

const { brokers } = flowStack()!;
const ON_KAFKA = { ORDERKEEL_CHANGES: 'kafka', ORDERKEEL_KAFKA_BROKERS: brokers };
/** Finds what was lost within the run. */
const SWEEPING = { sweep: { everyMs: 200, graceMs: 1_000 } };
/** Whose causes the sweep can tell from effects. */
const SWEPT = ['orderIntentIngestor', 'inventoryReservationIntake'];
/** Reserved in each mode before the next move; more by the variable. */
const ORDERS = Number(process.env['MOVE_ORDERS'] ?? 100);

describe('an installation under load', () => {
  let db: MigratedDatabase;
  let folder: string;
  let connector: MovedConnector;
  let api: Flow;
  let orders: SteadyOrders;
  let running: ProgramOnDatabase | null = null;
  let last: Flow | null = null;
  /** How many were submitted at the end of each move and of each time between two. */
  const counts: number[] = [];

  beforeAll(async () => {
    db = await migratedDatabase();
    folder = await mkdtemp(join(tmpdir(), 'orderkeel-move-'));
    connector = await MovedConnector.of(folder, db);
    api = await Flow.start({ on: db, captured: false, running: false, variables: { ORDERKEEL_RUN: 'http' } });
    await api.receive('MOVED-1', 1_000_000);
    orders = new SteadyOrders(api, 'MOVED-1');
  });
  afterAll(async () => {
    await orders.stop();
    await running?.end();
    await last?.stopProgram();
    await api.stopProgram();
    await api.dropDatabase();
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (variables: Record<string, string>) => (running = await programOn(db, variables));
  const reserved = () => number(db, `SELECT count(*) FROM inventory.order_reservation`);
  /** Orders go on to be reserved, also those that were submitted while nobody worked. */
  const comesOn = async () => {
    counts.push(orders.submitted.length);
    const submitted = orders.submitted.length + ORDERS;
    await until('what was submitted meanwhile is reserved', async () => (await reserved()) >= submitted, 120_000);
    counts.push(orders.submitted.length);
  };

  it('begins with the change stream in one process', async () => {
    await start({});
    await comesOn();
    expect(await consumer(api, 'orderIntentIngestor')).toMatchObject({ lagEvents: null, secondsSinceProgress: null });
    await expect(Flow.start({ on: db, captured: false })).rejects.toMatchObject({ code: 'other-source' });
    await expect(connector.register()).rejects.toMatchObject({ code: 'slot-in-use' });
  });

  it('moves to Kafka', async () => {
    await running!.end();
    await connector.register();
    await start(ON_KAFKA);
    await comesOn();
    await expect(Flow.start({ on: db, changes: 'embedded' })).rejects.toMatchObject({ code: 'other-source' });
  });

  it('moves back, though what ran was killed', async () => {
    await connector.end();
    await running!.program.kill('program');
    await start({});
    await comesOn();
  });

  it('moves to Kafka again, where the topics lack what happened meanwhile', async () => {
    await running!.program.kill('program');
    running = null;
    await connector.register();
    expect(connector.said).toHaveLength(2);
    last = await Flow.start({ on: db, captured: false, running: false, tuning: SWEEPING });
    await comesOn();
    await orders.stop();
    for (let hop = 0; hop < 4; hop += 1) await last.expectQuiet();
  });

  it('has overlooked nothing', async () => {
    const stoppedAt = new Date().toISOString();
    const swept = `SELECT count(*) FROM cdc.consumer WHERE executor = ANY($1) AND verified_before > $2`;
    const all = async () => (await number(db, swept, [SWEPT, stoppedAt])) === SWEPT.length;
    await until('the sweep has looked at all of it', all);
    expect(await metric(last!, 'orderkeel_cdc_sweep_repaired_total')).toBe(0);
  });

  it('shows every order to those who read the topics', async () => {
    const broker = await testBroker(brokers);
    const records = await broker.read(`${slotOf(db)}.order.order`);
    await broker.close();
    const shown = new Set(records.map(({ key }) => (JSON.parse(key!) as { order_id: string }).order_id));
    expect(orders.submitted.filter((id) => !shown.has(id))).toEqual([]);
  });

  it('has done every order once', async () => {
    const { submitted, refused } = orders;
    const missing = `SELECT count(*) FROM unnest($1::uuid[]) AS s(id) LEFT JOIN "order"."order" o USING (id) WHERE o.id IS NULL`;
    process.stderr.write(`orders after each move, and before the next one: ${counts.join(', ')}\n`);
    expect(await number(db, missing, [submitted])).toBe(0);
    expect(await number(db, 'SELECT count(*) FROM "order"."order"')).toBe(submitted.length);
    expect([refused, await inventoryFaults(db)]).toEqual([0, NO_FAULTS]);
  });
});
