import { afterEach, describe, expect, it } from '@jest/globals';
import { Flow, type FlowOptions } from '../support/flow.js';
import { until } from '../support/until.js';
import { stopAll } from './support/flows.js';
import { consumer, inventoryFaults, NO_FAULTS, sql } from './support/look.js';
import { before, Door } from './support/reacting.js';

const INTAKE = 'inventoryReservationIntake';
const CONFIRMED = ['order:submitted', 'inventory:reservation_confirmed'];

describe('two processes on one database', () => {
  let flows: Flow[] = [];
  const start = async (options: FlowOptions = {}) => {
    const flow = await Flow.start({ ...options, ...(flows[0] && { on: flows[0].db }) });
    flows.push(flow);
    return flow;
  };
  afterEach(async () => {
    await stopAll(flows);
    flows = [];
  });
  const leads = async (flow: Flow) => (await consumer(flow, INTAKE))['lagEvents'] !== null;
  const health = async (flow: Flow) => {
    const { body } = await flow.call<{ probes: Record<string, { detail?: string }> }>('GET', '/health/ready');
    return body.probes['stream']?.detail;
  };
  const rests = async (flow: Flow) => {
    const { body } = await flow.call<{ items: { lagEvents: number | null }[] }>('GET', '/ops/consumers');
    return body.items?.every(({ lagEvents }) => lagEvents === 0) ?? false;
  };
  const terminate = (flow: Flow, condition: string) =>
    sql(
      flow.db,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND ${condition}`,
    );

  it('work as one that leads and one that stands by, and takes over when the first stops', async () => {
    const first = await start();
    const second = await start();
    expect([await leads(first), await leads(second)]).toEqual([true, false]);
    expect([await health(first), await health(second)]).toEqual(['this process reads', 'standing by']);
    await second.receive('TAKE-1', 5);
    const order = await second.submit({ lines: [{ sku: 'TAKE-1', quantity: 1 }] });
    await first.expectTimeline(order, CONFIRMED);
    await first.stopProgram();
    const stoppedMs = performance.now();
    await until('the second leads', () => leads(second), 5_000);
    expect(performance.now() - stoppedMs).toBeLessThan(5_000);
    const next = await second.submit({ lines: [{ sku: 'TAKE-1', quantity: 1 }] });
    await second.expectTimeline(next, CONFIRMED);
    expect(await inventoryFaults(second.db)).toEqual(NO_FAULTS);
  });

  it('lose nothing when every session of both is cut under load, again and again', async () => {
    const first = await start();
    await start();
    await first.receive('TAKE-2', 40);
    const orders: string[] = [];
    for (let cut = 0; cut < 5; cut += 1) {
      const submitting = Array.from({ length: 40 }, () =>
        first.submit({ lines: [{ sku: 'TAKE-2', quantity: 1 }] }).then(
          (order) => orders.push(order),
          () => undefined,
        ),
      );
      await terminate(first, `application_name LIKE 'orderkeel%' OR backend_type = 'walsender'`);
      await Promise.all(submitting);
    }
    // Who leads may change once more after the last cut: the hops are at rest when one of them has said so three times.
    for (let hop = 0; hop < 3; hop += 1)
      await until(
        'one of them leads and has come to rest',
        async () => (await Promise.all(flows.map(rests))).includes(true),
        90_000,
      );
    expect(orders.length).toBeGreaterThan(20);
    expect(await inventoryFaults(first.db)).toEqual(NO_FAULTS);
  });

  it('do each piece of work once when the first is frozen within a batch and wakes up replaced', async () => {
    const door = new Door();
    let frozen = true;
    const first = await start({
      tuning: before(INTAKE, async (_changes, _tx, react) => {
        await react();
        if (frozen) await door.pass();
      }),
    });
    const second = await start();
    await first.receive('TAKE-3', 5);
    const order = await first.submit({ lines: [{ sku: 'TAKE-3', quantity: 1 }] });
    await door.arrived;
    const frozenMs = performance.now();
    await terminate(first, `backend_type = 'walsender'`);
    await until('the second leads', () => leads(second), 20_000);
    expect(performance.now() - frozenMs).toBeLessThan(20_000);
    await second.expectTimeline(order, CONFIRMED);
    frozen = false;
    door.open();
    await second.expectTimeline(order, CONFIRMED);
    expect(await inventoryFaults(second.db)).toEqual(NO_FAULTS);
  });
});
