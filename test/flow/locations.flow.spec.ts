import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Flow } from '../support/flow.js';

describe('stock at several locations', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.start({ inventory: { locations: ['main', 'north'] } });
  });
  afterAll(() => flow.stop());

  const stockOf = async (sku: string) => {
    const path = `/inventory/remaining-stock?sku=${sku}`;
    const { body } = await flow.call<{ items: Record<string, string>[] }>('GET', path);
    return body.items.map(({ location, onHand, reserved }) => ({ location, onHand, reserved }));
  };

  it('is booked where the settings say that there is a place', async () => {
    await flow.receive('LOC-1', 3, 'north');
    expect(await stockOf('LOC-1')).toEqual([{ location: 'north', onHand: '3', reserved: '0' }]);
  });

  it('is reserved at the first location that covers a whole line', async () => {
    await flow.receive('LOC-2', 1);
    await flow.receive('LOC-2', 5, 'north');
    const order = await flow.submit({ lines: [{ sku: 'LOC-2', quantity: 4 }] });
    await flow.expectTimeline(order, ['order:submitted', 'inventory:reservation_confirmed']);
    expect(await stockOf('LOC-2')).toEqual([
      { location: 'main', onHand: '1', reserved: '0' },
      { location: 'north', onHand: '5', reserved: '4' },
    ]);
  });
});
