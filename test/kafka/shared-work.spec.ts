import { afterEach, describe, expect, it } from '@jest/globals';
import { testBroker } from '../../libs/platform/src/kafka-source/testing/test-broker.js';
import { stopAll } from '../stream/support/flows.js';
import { consumer, inventoryFaults, NO_FAULTS } from '../stream/support/look.js';
import { flowStack, slotOf } from '../support/flow-connector.js';
import { Flow, type FlowOptions } from '../support/flow.js';
import { until } from '../support/until.js';
import { ownedPartitions } from './owned-partitions.js';

const INTAKE = 'inventoryReservationIntake';
const CONFIRMED = ['order:submitted', 'inventory:reservation_confirmed'];

describe('several programs on Kafka', () => {
  let flows: Flow[] = [];
  const start = async (options: FlowOptions = {}) => {
    const flow = await Flow.start({ ...options, ...(flows[0] && { on: flows[0].db }) });
    flows.push(flow);
    return flow;
  };
  const running = (run: string) => start({ variables: { ORDERKEEL_RUN: run }, running: false });
  afterEach(async () => {
    await stopAll(flows);
    flows = [];
  });

  it('share the partitions of each executor, and take over those of one that ends', async () => {
    const first = await start();
    const second = await start();
    const shares = async () => [await ownedPartitions(first, INTAKE), await ownedPartitions(second, INTAKE)];
    await until('each has two', async () => (await shares()).every(({ length }) => length === 2));
    expect((await shares()).flat().sort()).toEqual([0, 1, 2, 3]);
    await first.receive('SHARED-1', 60);
    const orders = Array.from({ length: 60 }, () => first.submit({ lines: [{ sku: 'SHARED-1', quantity: 1 }] }));
    await Promise.all(orders.slice(0, 30));
    flows.pop();
    await second.stopProgram();
    const last = (await Promise.all(orders)).at(-1)!;
    await until('the first has all', async () => (await ownedPartitions(first, INTAKE)).length === 4);
    await first.expectTimeline(last, CONFIRMED);
    expect(await inventoryFaults(first.db)).toEqual(NO_FAULTS);
  });

  it('divide the executors among themselves, with one for the API', async () => {
    const api = await running('http');
    const core = await running('order,commerce-core');
    const inventory = await running('inventory');
    await api.expectRunning();
    await api.receive('DIVIDED-1', 1);
    const order = await api.submit({ lines: [{ sku: 'DIVIDED-1', quantity: 1 }] });
    await api.expectTimeline(order, CONFIRMED);
    expect(await consumer(api, INTAKE)).toMatchObject({ state: 'RUNNING', lagEvents: 0, lagSeconds: 0 });
    expect(await ownedPartitions(api, INTAKE)).toEqual([]);
    expect(await ownedPartitions(core, INTAKE)).toEqual([]);
    expect(await ownedPartitions(core, 'orderIntentIngestor')).toEqual([0, 1, 2, 3]);

    // While nobody looks whether a place is still in the topic that it belongs to, how far it lies behind is not known.
    flows.pop();
    await inventory.stopProgram();
    const broker = await testBroker(flowStack()!.brokers);
    await broker.recreate(`${slotOf(api.db)}.order.order`);
    await broker.close();
    expect(await consumer(api, INTAKE)).toMatchObject({ state: 'RUNNING', lagEvents: null });
  });

  it('have no routes of modules where they leave the API to others, but health and operations', async () => {
    const worker = await running('order,inventory');
    await worker.expectRunning();
    expect((await worker.call('GET', '/orders')).status).toBe(404);
    expect((await worker.call('GET', '/health/live')).status).toBe(200);
  });

  it('run nothing that nobody was built with', async () => {
    await expect(running('order,inventry')).rejects.toThrow('ORDERKEEL_RUN names inventry');
  });
});
