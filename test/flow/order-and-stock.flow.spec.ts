import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { disturbed } from '../support/disturbed.js';
import { Flow, type FlowOptions } from '../support/flow.js';
import { flowStack } from '../support/flow-connector.js';

type Way = readonly [string, () => FlowOptions];
const ways: readonly Way[] = [
  ['in order', () => ({})],
  ['with contracts overtaking each other and changes coming again', () => ({ tuning: disturbed(7) })],
];
/** On Kafka the partitions of a topic are the lanes, whatever is configured. */
const onLanes: readonly Way[] = [
  ['on 4 lanes', () => ({ lanes: 4 })],
  ['on 4 lanes, disturbed', () => ({ lanes: 4, tuning: disturbed(11) })],
];

describe.each([...ways, ...(flowStack() ? [] : onLanes)])('an order and its stock, %s', (_name, options) => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.start(options());
  });
  afterAll(() => flow?.stop());

  const stockOf = async (sku: string) => {
    const { body } = await flow.call<{ items: Record<string, string>[] }>(
      'GET',
      `/inventory/remaining-stock?sku=${sku}`,
    );
    return body.items.map(({ onHand, reserved, available }) => ({ onHand, reserved, available }));
  };

  it('is confirmed when everything is there', async () => {
    await flow.receive('FLOW-1', 10);
    const order = await flow.submit({ lines: [{ sku: 'FLOW-1', quantity: 4 }] });
    await flow.expectTimeline(order, ['order:submitted', 'inventory:reservation_confirmed']);
    expect(await stockOf('FLOW-1')).toEqual([{ onHand: '10', reserved: '4', available: '6' }]);
  });

  it('waits for what is short, and is filled by the next receipt', async () => {
    await flow.receive('FLOW-2', 3);
    const order = await flow.submit({ lines: [{ sku: 'FLOW-2', quantity: 5 }] });
    await flow.expectTimeline(order, ['order:submitted', 'inventory:reservation_backordered']);
    await flow.receive('FLOW-2', 2);
    await flow.expectTimeline(order, [
      'order:submitted',
      'inventory:reservation_backordered',
      'inventory:reservation_confirmed',
    ]);
    expect(await stockOf('FLOW-2')).toEqual([{ onHand: '5', reserved: '5', available: '0' }]);
  });

  it('gives what a cancelled order had to the one that waits longest', async () => {
    await flow.receive('FLOW-3', 1);
    const first = await flow.submit({ lines: [{ sku: 'FLOW-3', quantity: 1 }] });
    await flow.expectTimeline(first, ['order:submitted', 'inventory:reservation_confirmed']);
    const second = await flow.submit({ lines: [{ sku: 'FLOW-3', quantity: 1 }] });
    await flow.expectTimeline(second, ['order:submitted', 'inventory:reservation_backordered']);
    const third = await flow.submit({ lines: [{ sku: 'FLOW-3', quantity: 1 }] });
    await flow.expectTimeline(third, ['order:submitted', 'inventory:reservation_backordered']);
    expect((await flow.cancel(first)).status).toBe(200);
    await flow.expectTimeline(first, [
      'order:submitted',
      'inventory:reservation_confirmed',
      'order:cancelled',
      'inventory:reservation_cancelled',
    ]);
    await flow.expectTimeline(second, [
      'order:submitted',
      'inventory:reservation_backordered',
      'inventory:reservation_confirmed',
    ]);
    await flow.expectTimeline(third, ['order:submitted', 'inventory:reservation_backordered']);
  });

  it('is planned anew when a line changes, and left alone when a note is added', async () => {
    await flow.receive('FLOW-4', 10);
    const order = await flow.submit({ lines: [{ sku: 'FLOW-4', quantity: 4 }] });
    await flow.expectTimeline(order, ['order:submitted', 'inventory:reservation_confirmed']);
    const { body } = await flow.call<{ lineItems: { orderLineId: string }[] }>('GET', `/orders/${order}`);
    const [{ orderLineId } = { orderLineId: '' }] = body.lineItems;
    const adjusted = await flow.call('POST', `/orders/${order}/adjustments`, {
      reason: 'fewer',
      changes: [{ type: 'lineQuantity', orderLineId, quantity: 1 }],
    });
    expect(adjusted.status).toBe(201);
    const codes = [
      'order:submitted',
      'inventory:reservation_confirmed',
      'order:manually_adjusted',
      'inventory:reservation_confirmed',
    ];
    await flow.expectTimeline(order, codes);
    expect(await stockOf('FLOW-4')).toEqual([{ onHand: '10', reserved: '1', available: '9' }]);
    await flow.call('POST', `/orders/${order}/adjustments`, {
      reason: 'why',
      changes: [{ type: 'note', text: 'called' }],
    });
    await flow.expectTimeline(order, [...codes, 'order:manually_adjusted']);
  });

  it('is told cancelled also where nothing was reserved', async () => {
    const order = await flow.submit({ lines: [{ sku: 'FLOW-5', quantity: 1 }] });
    await flow.expectTimeline(order, ['order:submitted', 'inventory:reservation_backordered']);
    await flow.cancel(order);
    await flow.expectTimeline(order, [
      'order:submitted',
      'inventory:reservation_backordered',
      'order:cancelled',
      'inventory:reservation_cancelled',
    ]);
  });

  it('sells 50 units to 200 buyers at once exactly 50 times', async () => {
    await flow.receive('FLOW-6', 50);
    const orders = await Promise.all(
      Array.from({ length: 200 }, () => flow.submit({ lines: [{ sku: 'FLOW-6', quantity: 1 }] })),
    );
    await flow.expectQuiet();
    const timelines = await Promise.all(orders.map((order) => flow.timeline(order)));
    const count = (code: string) => timelines.filter((codes) => codes.includes(code)).length;
    expect({
      confirmed: count('inventory:reservation_confirmed'),
      backordered: count('inventory:reservation_backordered'),
    }).toEqual({
      confirmed: 50,
      backordered: 150,
    });
    expect(await stockOf('FLOW-6')).toEqual([{ onHand: '50', reserved: '50', available: '0' }]);
  });
});
