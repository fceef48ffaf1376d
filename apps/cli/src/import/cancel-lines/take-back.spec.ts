import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiClient } from '../client/api-client.js';
import { ModelServer } from '../testing/model-server.js';
import { SeenOrders } from './seen-orders.js';
import { takeBack, type TakingBack } from './take-back.js';

let model: ModelServer;
let taking: TakingBack;
let orderId: string;
beforeEach(async () => {
  model = new ModelServer();
  const client = new ApiClient(await model.listen(), () => undefined);
  taking = { client, source: 'shop', seen: new SeenOrders() };
  const intent = {
    orderIntentId: '1',
    sourceSystem: 'shop',
    customerRef: '17850',
    submittedAt: '2010-12-01T08:00:00.000000Z',
    lineItems: [{ sku: 'A', quantity: '6' }],
  };
  ({ orderId } = await client.ask<{ orderId: string }>('POST', '/order-intents', intent));
});
afterEach(() => model.close());

const take = (invoice: string, quantity: bigint) =>
  takeBack(taking, { invoice, orderId, takes: [{ orderId, sku: 'A', quantity: quantity * 1_000_000n }] });

describe('taking back from an order', () => {
  it('reads it once, however many invoices follow', async () => {
    const before = model.requests;
    expect([await take('C1', 1n), await take('C2', 2n), await take('C2', 1n)]).toEqual([true, true, true]);
    expect(model.requests - before).toBe(4);
    expect(model.orders.quantitiesOf('1')).toEqual({ A: '2' });
  });

  it('reads it again when somebody has changed it since, and takes from what is left then', async () => {
    await take('C1', 1n);
    model.orders.adjustByHand('1', '4');
    expect(await take('C2', 2n)).toBe(true);
    expect(model.orders.quantitiesOf('1')).toEqual({ A: '2' });
  });

  it('takes what somebody has added since', async () => {
    await take('C1', 6n);
    model.orders.adjustByHand('1', '9');
    expect(await take('C2', 8n)).toBe(true);
    expect(model.orders.quantitiesOf('1')).toEqual({ A: '1' });
  });

  it('ends the import when the order has less by now', async () => {
    await take('C1', 1n);
    model.orders.adjustByHand('1', '1');
    await expect(take('C2', 2n)).rejects.toMatchObject({ code: 'order-changed-meanwhile' });
  });
});
