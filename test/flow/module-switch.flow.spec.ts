import { afterEach, describe, expect, it } from '@jest/globals';
import { Flow, type FlowOptions } from '../support/flow.js';
import { until } from '../support/until.js';
import { stopAll } from '../stream/support/flows.js';
import { inState } from '../stream/support/look.js';

const INTAKE = 'inventoryReservationIntake';

describe('a module that is switched while Orderkeel runs', () => {
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

  const letGo = (flow: Flow) =>
    until(`no lane of ${INTAKE} is owned`, async () => {
      const metrics = await (await fetch(`${flow.server.url}/metrics`)).text();
      return (
        metrics.includes('executor="orderIntentIngestor"') &&
        !metrics.includes(`orderkeel_cdc_owner_epoch{executor="${INTAKE}"`)
      );
    });

  it('stops at once when it is disabled, and catches up when it is enabled', async () => {
    const flow = await start();
    expect(await flow.call('POST', '/ops/modules/inventory/disable')).toEqual({
      status: 200,
      body: { module: 'inventory', enabled: false },
    });
    await inState(flow, INTAKE, 'DISABLED');
    await letGo(flow);
    const order = await flow.submit({ lines: [{ sku: 'SWITCHED-1', quantity: 1 }] });
    await flow.expectTimeline(order, ['order:submitted']);
    expect(await flow.call('POST', '/ops/modules/inventory/enable')).toMatchObject({ body: { enabled: true } });
    await inState(flow, INTAKE, 'RUNNING');
    await flow.expectTimeline(order, ['order:submitted', 'inventory:reservation_backordered']);
  });

  it('has no route from the moment on which it is disabled, until it is enabled', async () => {
    const flow = await start();
    const receipt = { sku: 'SWITCHED-2', location: 'main', quantity: 1 };
    const receive = async (body: unknown) => (await flow.call('POST', '/inventory/receipts', body)).status;
    expect(await receive(receipt)).toBe(201);
    await flow.call('POST', '/ops/modules/inventory/disable');
    expect([await receive(receipt), await receive({ quantity: 'much' })]).toEqual([404, 404]);
    expect(await flow.call('GET', '/inventory/receipts')).toMatchObject({
      status: 404,
      body: { type: 'urn:orderkeel:problem:not-found', detail: 'There is nothing at /inventory/receipts' },
    });
    expect((await flow.call('GET', '/orders')).status).toBe(200);
    await flow.call('POST', '/ops/modules/inventory/enable');
    expect((await flow.call<{ items: unknown[] }>('GET', '/inventory/receipts')).body.items).toHaveLength(1);
    expect(await receive(receipt)).toBe(201);
  });

  it('has no route either where another process has disabled it', async () => {
    const flow = await start();
    const other = await start({ running: false });
    expect((await other.call('GET', '/inventory/receipts')).status).toBe(200);
    await flow.call('POST', '/ops/modules/inventory/disable');
    await until(
      'the other process has heard of it',
      async () => (await other.call('GET', '/inventory/receipts')).status === 404,
    );
  });

  it('stays off at the next start, without its routes', async () => {
    const flow = await start();
    await flow.call('POST', '/ops/modules/inventory/disable');
    await flow.stopProgram();
    const next = await start();
    expect((await switchedOn(next))['inventory']).toBe(false);
    expect((await next.call('GET', '/inventory/receipts')).status).toBe(404);
  });

  it('is let go of by the process that reads, when another one starts without it', async () => {
    const reading = await start();
    await start({ variables: { ORDERKEEL_MODULES: 'none' }, running: false });
    await letGo(reading);
  });

  it('is refused for the core, for what nobody built, and where the configuration decides', async () => {
    const flow = await start({ variables: { ORDERKEEL_MODULES: 'inventory' } });
    const refused = async (path: string) => flow.call('POST', `/ops/modules/${path}`);
    expect((await refused('nobody/disable')).status).toBe(404);
    expect(await refused('order/disable')).toMatchObject({ status: 400, body: { errors: [{ parameter: 'module' }] } });
    expect((await refused('order/enable')).status).toBe(200);
    expect(await refused('inventory/disable')).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('ORDERKEEL_MODULES') },
    });
    expect((await switchedOn(flow))['inventory']).toBe(true);
  });
});

async function switchedOn(flow: Flow): Promise<Record<string, boolean>> {
  const { items } = (await flow.call<{ items: { module: string; enabled: boolean }[] }>('GET', '/ops/modules')).body;
  return Object.fromEntries(items.map(({ module, enabled }) => [module, enabled]));
}
