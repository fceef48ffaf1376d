import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testBroker, type TestBroker } from '../../libs/platform/src/kafka-source/testing/test-broker.js';
import { stopAll } from '../stream/support/flows.js';
import { consumer, inState, inventoryFaults, metric, NO_FAULTS } from '../stream/support/look.js';
import { flowStack, slotOf } from '../support/flow-connector.js';
import { Flow } from '../support/flow.js';
import { until } from '../support/until.js';

const INTAKE = 'inventoryReservationIntake';
const CONFIRMED = ['order:submitted', 'inventory:reservation_confirmed'];

describe('a place in a topic that is lost', () => {
  let broker: TestBroker;
  let flow: Flow;
  let flows: Flow[] = [];
  const topic = () => `${slotOf(flow.db)}.order.order`;
  const start = async (running = true) => {
    flow = await Flow.start({ running, ...(flows[0] && { on: flows[0].db }) });
    flows.push(flow);
  };
  const stop = async () => {
    flows = [flow];
    await flow.stopProgram();
  };
  const anOrder = () => flow.submit({ lines: [{ sku: 'LOST-1', quantity: 1 }] });
  const reasonOf = async () => String((await consumer(flow, INTAKE))['reason']);
  /** Nothing but this executor's reading is stopped. */
  const pausing = async (work: () => Promise<void>) => {
    await flow.call('POST', `/ops/consumers/${INTAKE}/pause`);
    await inState(flow, INTAKE, 'PAUSED');
    await work();
    await flow.call('POST', `/ops/consumers/${INTAKE}/resume`);
  };

  beforeAll(async () => {
    broker = await testBroker(flowStack()!.brokers);
  });
  afterAll(() => broker.close());
  beforeEach(async () => {
    await start();
    await flow.receive('LOST-1', 20);
    await flow.expectTimeline(await anOrder(), CONFIRMED);
  });
  afterEach(async () => {
    await stopAll(flows);
    flows = [];
  });
  const worksOn = async (order: string) => {
    await flow.expectTimeline(order, CONFIRMED);
    expect(await inventoryFaults(flow.db)).toEqual(NO_FAULTS);
    expect(await metric(flow, 'orderkeel_cdc_sweep_repaired_total')).toBe(0);
  };

  it('is found again in the tables when retention has passed it', async () => {
    let missed = '';
    await pausing(async () => {
      missed = await anOrder();
      await until('it waits', async () => Number((await consumer(flow, INTAKE))['lagEvents']) > 0);
      await broker.forgetAll(topic());
    });
    await inState(flow, INTAKE, 'RUNNING');
    await worksOn(missed);
  });

  it('is found again in the tables when the topic was made again', async () => {
    await pausing(() => broker.recreate(topic()));
    await worksOn(await anOrder());
  });

  it('is found again in the tables when the topic was made again and has grown past it', async () => {
    await pausing(async () => {
      await broker.recreate(topic());
      const filler = { key: '{"order_id":"nobody"}', value: null };
      const beyond = [0, 1, 2, 3].flatMap((partition) => Array.from({ length: 20 }, () => ({ ...filler, partition })));
      await broker.write(topic(), beyond);
    });
    await worksOn(await anOrder());
  });

  it('waits for a person when partitions were added, and says what to do', async () => {
    await pausing(() => broker.setPartitions(topic(), 6));
    await until('it is held', async () => (await reasonOf()).startsWith('paused: the number of partitions'));
    expect(await reasonOf()).toContain('4 before, 6 now');
    expect((await consumer(flow, INTAKE))['state']).toBe('NEEDS_SNAPSHOT');
    const order = await anOrder();
    await flow.call('POST', `/ops/consumers/${INTAKE}/resume`);
    await worksOn(order);
  });

  it('is refused in a topic that forgets, and in one that takes no large rows', async () => {
    const refused = async (code: string) => {
      await start(false);
      await expect(flow.server.failed).rejects.toMatchObject({ code });
      await stop();
    };
    await stop();
    expect(await broker.config(topic(), 'cleanup.policy')).toBe('delete');
    expect(await broker.config(topic(), 'max.message.bytes')).toBe('8388608');
    await broker.setConfig(topic(), 'cleanup.policy', 'compact');
    await refused('topic-compacted');
    // Setting one takes the others back to their defaults.
    await broker.setConfig(topic(), 'cleanup.policy', 'delete');
    await refused('topic-narrow');
  });
});
