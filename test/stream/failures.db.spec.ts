import { afterEach, describe, expect, it } from '@jest/globals';
import { Flow, type FlowOptions } from '../support/flow.js';
import { until } from '../support/until.js';
import { stopAll } from './support/flows.js';
import { inState, inventoryFaults, metric, NO_FAULTS, number, sql } from './support/look.js';
import { before, failure } from './support/reacting.js';

const INTAKE = 'inventoryReservationIntake';
const CONFIRMED = ['order:submitted', 'inventory:reservation_confirmed'];

describe('an executor whose batch fails', () => {
  let flow: Flow;
  let flows: Flow[] = [];
  const start = async (options: FlowOptions = {}) => {
    flow = await Flow.start(options);
    flows.push(flow);
  };
  afterEach(async () => {
    await stopAll(flows);
    flows = [];
  });
  const anOrder = () => flow.submit({ lines: [{ sku: 'FAIL-1', quantity: 1 }] });
  const parked = async () => (await flow.call<{ items: Record<string, unknown>[] }>('GET', '/ops/parked')).body.items;

  it('tries again for as long as the server has no room, and parks nothing', async () => {
    let failures = 0;
    await start({
      tuning: before(INTAKE, async (_changes, _tx, react) => {
        failures += 1;
        if (failures <= 6) throw failure('53300');
        await react();
      }),
    });
    await flow.receive('FAIL-1', 5);
    const order = await anOrder();
    await flow.expectTimeline(order, CONFIRMED);
    expect(await parked()).toEqual([]);
    expect(await metric(flow, 'orderkeel_cdc_retries_total')).toBeGreaterThanOrEqual(6);
  });

  it('takes smaller batches when transactions conflict', async () => {
    const sizes: number[] = [];
    await start({
      tuning: before(INTAKE, async (changes, _tx, react) => {
        sizes.push(changes.length);
        if (changes.length > 4) throw failure('40001');
        await react();
      }),
    });
    await flow.receive('FAIL-1', 500);
    await Promise.all(Array.from({ length: 60 }, anOrder));
    await flow.expectQuiet();
    expect(Math.max(...sizes)).toBeGreaterThan(4);
    expect(await inventoryFaults(flow.db)).toEqual(NO_FAULTS);
    expect(await parked()).toEqual([]);
  });

  it('pauses at once when a grant is missing, parks nobody, and goes on when it is resumed', async () => {
    await start();
    await flow.receive('FAIL-1', 5);
    const role = flow.db.roles.ofModule('inventory');
    await sql(flow.db, `REVOKE INSERT ON inventory.reservation FROM "${role}"`);
    const order = await anOrder();
    const paused = await inState(flow, INTAKE, 'PAUSED');
    expect(paused).toMatchObject({ parkedKeys: 0, reason: expect.stringContaining('permission denied') });
    await sql(flow.db, `GRANT INSERT ON inventory.reservation TO "${role}"`);
    await flow.call('POST', `/ops/consumers/${INTAKE}/resume`);
    await flow.expectTimeline(order, CONFIRMED);
  });

  it('pauses at once when a month has no partition, and goes on when it has one', async () => {
    await start();
    await flow.receive('FAIL-1', 5);
    const leaf = `order_status_history_${new Date().toISOString().slice(0, 7).replace('-', '_')}`;
    await sql(flow.db, `ALTER TABLE "order".order_status_history DETACH PARTITION "order".${leaf}`);
    const order = await anOrder();
    expect(await inState(flow, 'orderIntentIngestor', 'PAUSED')).toMatchObject({ parkedKeys: 0 });
    const [bounds] = await sql<{ from: string; to: string }>(
      flow.db,
      `SELECT cdc.first_id_at(date_trunc('month', now())) AS from,
              cdc.first_id_at(date_trunc('month', now()) + interval '1 month') AS to`,
    );
    await sql(
      flow.db,
      `ALTER TABLE "order".order_status_history ATTACH PARTITION "order".${leaf}
       FOR VALUES FROM ('${bounds!.from}') TO ('${bounds!.to}')`,
    );
    await flow.call('POST', '/ops/consumers/orderIntentIngestor/resume');
    await flow.expectTimeline(order, CONFIRMED);
  });

  it('parks a key whose events cannot be applied, alone, and frees it in order once they can', async () => {
    let poisoned = '';
    const applied: string[] = [];
    await start({
      tuning: before(INTAKE, async (changes, _tx, react) => {
        if (changes.some(({ key }) => key === poisoned)) throw failure('made-up');
        applied.push(...changes.map(({ key }) => key));
        await react();
      }),
    });
    await flow.receive('FAIL-1', 50);
    const bad = await anOrder();
    await flow.expectTimeline(bad, CONFIRMED);
    poisoned = bad;
    await flow.cancel(bad);
    await until('the key is parked', async () => (await parked()).length === 1);
    const good = await anOrder();
    await until('the other order is confirmed', async () => (await flow.timeline(good)).length === 2);
    expect((await parked())[0]).toMatchObject({ executor: INTAKE, key: bad, errorClass: 'made-up', events: 1 });

    await flow.stopProgram();
    poisoned = '';
    const events = await number(flow.db, 'SELECT count(*) FROM cdc.parked_event');
    expect(events).toBe(1);
    await start({ on: flow.db });
    await flow.call('POST', `/ops/parked/${INTAKE}/${bad}/retry`);
    await flow.expectTimeline(bad, [...CONFIRMED, 'order:cancelled', 'inventory:reservation_cancelled']);
    expect(await inventoryFaults(flow.db)).toEqual(NO_FAULTS);
  });

  it('puts the events of a skipped key aside, with who did it and why', async () => {
    let poisoned = '';
    await start({
      tuning: before(INTAKE, async (changes, _tx, react) => {
        if (changes.some(({ key }) => key === poisoned)) throw failure('made-up');
        await react();
      }),
    });
    const order = await anOrder();
    await flow.expectTimeline(order, ['order:submitted', 'inventory:reservation_backordered']);
    poisoned = order;
    await flow.cancel(order);
    await until('the key is parked', async () => (await parked()).length === 1);
    const { status } = await flow.call('POST', `/ops/parked/${INTAKE}/${order}/skip`, { reason: 'beyond repair' });
    expect(status).toBe(200);
    expect(await parked()).toEqual([]);
    const aside = await sql(flow.db, 'SELECT executor, key, reason, actor FROM cdc.skipped_event');
    expect(aside).toEqual([{ executor: INTAKE, key: order, reason: 'beyond repair', actor: 'anonymous' }]);
  });

  it('pauses instead of parking them all, when too many keys fail to be their own fault', async () => {
    let broken = false;
    await start({
      tuning: before(INTAKE, async (_changes, _tx, react) => {
        if (broken) throw failure('made-up');
        await react();
      }),
    });
    broken = true;
    await Promise.all(Array.from({ length: 120 }, anOrder));
    await inState(flow, INTAKE, 'PAUSED');
    expect(await number(flow.db, 'SELECT count(*) FROM cdc.parked_key')).toBeLessThanOrEqual(50);
    broken = false;
    await flow.call('POST', `/ops/consumers/${INTAKE}/resume`);
    await flow.expectQuiet();
    expect(await inventoryFaults(flow.db)).toEqual(NO_FAULTS);
  });
});
