import { afterEach, describe, expect, it } from '@jest/globals';
import { anIntent } from '../builders/an-intent.js';
import { flowStack } from '../support/flow-connector.js';
import { Flow, type FlowOptions } from '../support/flow.js';
import { migratedDatabase } from '../support/migrated-database.js';
import { until } from '../support/until.js';
import { stopAll } from './support/flows.js';
import { consumer, inState, inventoryFaults, NO_FAULTS, number, slotOn, sql } from './support/look.js';
import { before, Door } from './support/reacting.js';

const INTAKE = 'inventoryReservationIntake';
const WITHOUT_INVENTORY = { ORDERKEEL_MODULES: 'none' };
const WITH_INVENTORY = { ORDERKEEL_MODULES: 'inventory' };

describe('an executor that starts late', () => {
  let flows: Flow[] = [];
  /** Starts the program on the database of the one before, which has ended. */
  const start = async (options: FlowOptions = {}) => {
    const flow = await Flow.start({ ...options, ...(flows[0] && { on: flows[0].db }) });
    flows.push(flow);
    return flow;
  };
  afterEach(async () => {
    await stopAll(flows);
    flows = [];
  });

  const orders = async (flow: Flow, count: number, sku = 'LATE-1') => {
    const intents = Array.from({ length: count }, () => anIntent({ lines: [{ sku, quantity: 1 }] }));
    const { status } = await flow.call('POST', '/order-intents/batch', { intents });
    expect(status).toBe(200);
  };
  const atRest = async (flow: Flow) => {
    for (let hop = 0; hop < 4; hop += 1) await flow.expectQuiet();
  };
  const doneOrders = (flow: Flow) => number(flow.db, 'SELECT count(*) FROM inventory.order_reservation');

  // Kafka stands between the program and PostgreSQL's log, whose versions then differ for Debezium alone.
  const versions = flowStack() ? ([18] as const) : ([18, 17] as const);
  it.each(versions)('works through history and stream under load, no gap, no double effect, on %i', async (version) => {
    const early = await start({ variables: WITHOUT_INVENTORY, on: await migratedDatabase({ version }) });
    await orders(early, 1000);
    await early.expectQuiet();
    await early.stopProgram();
    const late = await Flow.start({ on: early.db, variables: WITH_INVENTORY, running: false });
    flows.push(late);
    let loading = true;
    const load = (async () => {
      while (loading) await orders(late, 20);
    })();
    await late.receive('LATE-1', 700);
    await inState(late, INTAKE, 'RUNNING');
    loading = false;
    await load;
    await atRest(late);
    expect(await doneOrders(late)).toBeGreaterThan(1000);
    expect(await inventoryFaults(late.db)).toEqual(NO_FAULTS);
  });

  it('gives stock to the oldest order first', async () => {
    const early = await start({ variables: WITHOUT_INVENTORY });
    await orders(early, 30);
    await early.expectQuiet();
    await early.stopProgram();
    // Stock is there before the module looks at its first order: the keys wait until it has come.
    const door = new Door();
    const late = await start({
      variables: WITH_INVENTORY,
      running: false,
      tuning: before(INTAKE, async (_changes, _tx, react) => {
        await door.pass();
        await react();
      }),
    });
    await door.arrived;
    await late.receive('LATE-1', 10);
    door.open();
    await atRest(late);
    const younger = await number(
      late.db,
      `SELECT count(*) FROM inventory.order_reservation a JOIN inventory.order_reservation b
          ON b.order_created_at < a.order_created_at WHERE a.outcome = 'confirmed' AND b.outcome = 'backordered'`,
    );
    expect(younger).toBe(0);
    expect(await number(late.db, `SELECT count(*) FROM inventory.order_reservation WHERE outcome = 'confirmed'`)).toBe(
      10,
    );
  });

  it('goes on where it was when it is stopped half way through its keys', async () => {
    const early = await start({ variables: WITHOUT_INVENTORY });
    await orders(early, 1000);
    await orders(early, 500);
    await early.expectQuiet();
    await early.stopProgram();
    let batches = 0;
    const door = new Door();
    const halfWay = await start({
      variables: WITH_INVENTORY,
      running: false,
      tuning: before(INTAKE, async (_changes, _tx, react) => {
        batches += 1;
        if (batches > 1) await door.pass();
        await react();
      }),
    });
    await door.arrived;
    const stopping = halfWay.stopProgram();
    door.open();
    await stopping;
    const [{ state } = { state: '' }] = await sql<{ state: string }>(
      early.db,
      `SELECT state FROM cdc.consumer WHERE executor = '${INTAKE}'`,
    );
    const done = await doneOrders(early);
    expect({ state, some: done > 0, all: done === 1500 }).toEqual({ state: 'SNAPSHOTTING', some: true, all: false });
    const again = await start({ variables: WITH_INVENTORY });
    await atRest(again);
    expect(await doneOrders(again)).toBe(1500);
    expect(await inventoryFaults(again.db)).toEqual(NO_FAULTS);
  });

  it('looks again at what it had worked through when it was switched off half way', async () => {
    const early = await start({ variables: WITHOUT_INVENTORY });
    const first = await early.submit({ lines: [{ sku: 'LATE-1', quantity: 1 }] });
    await orders(early, 1000);
    await orders(early, 500);
    await early.expectQuiet();
    await early.stopProgram();
    const door = new Door();
    let batches = 0;
    const halfWay = await start({
      variables: WITH_INVENTORY,
      running: false,
      tuning: before(INTAKE, async (_changes, _tx, react) => {
        batches += 1;
        if (batches > 1) await door.pass();
        await react();
      }),
    });
    await door.arrived;
    const stopping = halfWay.stopProgram();
    door.open();
    await stopping;
    const off = await start({ variables: WITHOUT_INVENTORY });
    expect((await off.cancel(first)).status).toBe(200);
    await off.expectQuiet();
    await off.stopProgram();
    const again = await start({ variables: WITH_INVENTORY });
    await atRest(again);
    expect(await again.timeline(first)).toContain('inventory:reservation_cancelled');
    expect(await inventoryFaults(again.db)).toEqual(NO_FAULTS);
  });

  it('is repeated from any state that a kill can leave', async () => {
    const early = await start({ variables: WITHOUT_INVENTORY });
    await orders(early, 200);
    await early.expectQuiet();
    await early.stopProgram();
    // Killed while copying: the floor is held, some keys are there, under an owner who is gone.
    await sql(
      early.db,
      `INSERT INTO cdc.consumer (executor, module, module_enabled, executor_enabled, state, handler_version, floor_pos, state_since)
       SELECT '${INTAKE}', 'inventory', true, true, 'ONBOARDING', 1, acked_upto, now() FROM cdc.ack LIMIT 1
       ON CONFLICT (executor) DO UPDATE SET state = 'ONBOARDING', module_enabled = true, executor_enabled = true,
         floor_pos = excluded.floor_pos`,
    );
    await sql(
      early.db,
      `INSERT INTO cdc.snapshot_key (executor, contract, ordinal, module, key, row_id)
       SELECT '${INTAKE}', 'order.order', row_number() OVER (), 'inventory', order_id, order_id FROM "order"."order" LIMIT 50`,
    );
    const again = await start({ variables: WITH_INVENTORY });
    await atRest(again);
    expect(await doneOrders(again)).toBe(200);
    // Killed behind the last key: all are worked through, and it does not run yet.
    await again.stopProgram();
    await sql(
      early.db,
      `UPDATE cdc.consumer SET state = 'SNAPSHOTTING', floor_pos = acked_upto, snapshot_pos = acked_upto
         FROM cdc.ack WHERE executor = '${INTAKE}'`,
    );
    const third = await start({ variables: WITH_INVENTORY });
    await orders(third, 20);
    await atRest(third);
    expect(await doneOrders(third)).toBe(220);
    expect(await inventoryFaults(third.db)).toEqual(NO_FAULTS);
  });

  it('sees what changed while it was disabled, also of orders that it had worked through', async () => {
    const first = await start();
    await first.receive('LATE-1', 100);
    const kept = await first.submit({ lines: [{ sku: 'LATE-1', quantity: 3 }] });
    await atRest(first);
    await first.stopProgram();
    const without = await start({ disabled: [INTAKE] });
    expect(await consumer(without, INTAKE)).toMatchObject({ state: 'DISABLED' });
    await without.cancel(kept);
    await orders(without, 40);
    await without.expectQuiet();
    expect(await number(without.db, `SELECT reserved FROM inventory.stock WHERE sku = 'LATE-1'`)).toBe(3);
    await without.receive('LATE-1', 1);
    await without.stopProgram();
    const again = await start();
    await atRest(again);
    expect(await number(again.db, `SELECT reserved FROM inventory.stock WHERE sku = 'LATE-1'`)).toBe(40);
    expect(await again.timeline(kept)).toContain('inventory:reservation_cancelled');
    expect(await inventoryFaults(again.db)).toEqual(NO_FAULTS);
  });

  it('does not hold the slot while it is disabled', async () => {
    const first = await start();
    await first.stopProgram();
    const without = await start({ disabled: [INTAKE] });
    const { confirmed } = await slotOn(without.db);
    await orders(without, 500);
    await without.expectQuiet();
    const end = await number(without.db, `SELECT pg_current_wal_lsn() - '0/0'::pg_lsn`);
    // At rest the slot is told every ten seconds.
    await until(
      'the slot has been told',
      async () => Number((await slotOn(without.db)).confirmed) > end - 200_000,
      60_000,
    );
    expect(Number((await slotOn(without.db)).confirmed)).toBeGreaterThan(Number(confirmed));
  });

  // With Kafka the connector holds it, and moves on by itself.
  (flowStack() ? it.skip : it)(
    'holds the slot while it is paused, up to its limit, and then reads the tables',
    async () => {
      const flow = await start({ tuning: { maxRetainedBytes: 3_000_000n } });
      await flow.receive('LATE-1', 100);
      await flow.call('POST', `/ops/consumers/${INTAKE}/pause`);
      await inState(flow, INTAKE, 'PAUSED');
      const place = `SELECT pos FROM cdc.checkpoint WHERE executor = '${INTAKE}'`;
      const held = await number(flow.db, place);
      await orders(flow, 100);
      await until('the ingestor is done', async () => (await consumer(flow, 'orderIntentIngestor'))['lagEvents'] === 0);
      expect(Number((await slotOn(flow.db)).confirmed)).toBeLessThanOrEqual(held);
      await until(
        'it is sent to the tables',
        async () => {
          await orders(flow, 200);
          return (await consumer(flow, INTAKE))['state'] === 'NEEDS_SNAPSHOT';
        },
        30_000,
      );
      await until('the slot moves on', async () => Number((await slotOn(flow.db)).confirmed) > held, 15_000);
      await flow.call('POST', `/ops/consumers/${INTAKE}/resume`);
      await inState(flow, INTAKE, 'RUNNING');
      await atRest(flow);
      expect(await inventoryFaults(flow.db)).toEqual(NO_FAULTS);
    },
  );
});
