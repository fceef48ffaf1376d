import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anIntent } from '../../../../test/builders/an-intent.js';
import { orderOverHttp, type OrderOverHttp } from '../../../../test/support/order-over-http.js';

let app: OrderOverHttp;
beforeAll(async () => void (app = await orderOverHttp()));
afterAll(() => app.close());

interface Item {
  readonly orderId: string;
  readonly createdAt: string;
}
const UNKNOWN = '01a1fd4b-7c4d-8000-8000-00000000dead';
const list = async (query: string) => {
  const { status, body } = await app.call('GET', `/orders?${query}`);
  expect({ status, body }).toMatchObject({ status: 200, body: { items: expect.any(Array) } });
  return body as { items: Item[]; nextCursor: string | null };
};
const idsOf = ({ items }: { items: Item[] }) => items.map(({ orderId }) => orderId);

describe('an order', () => {
  it('is shown as accepted and as it stands', async () => {
    const fields = { externalOrderId: '#1', shippingAddress: { street: 'High St' }, metadata: { a: 1 } };
    const totals = { currency: 'GBP', subtotal: 1530, tax: 306, shipping: 50, discounts: 100 };
    const order = await app.placeOrder({ fields: { ...fields, totals } });
    const line = { orderLineId: expect.any(String), sku: '85123A', quantity: '6', unitPrice: 255, total: 1530 };
    expect(order).toEqual({
      orderId: expect.any(String),
      intentRef: expect.any(String),
      sourceSystem: 'channel.test',
      orderIntentId: expect.any(String),
      customerRef: '17850',
      currency: 'GBP',
      lineItems: [line],
      totals: { ...totals, total: 1786 },
      ...fields,
      submittedAt: '2026-11-21T08:26:00.000000Z',
      revision: 1,
      createdAt: expect.any(String),
      updatedAt: order['createdAt'],
      adjustments: [],
      effective: { lineItems: [line], totals: { ...totals, total: 1786 }, cancelled: false },
    });
    const intent = await app.call('GET', `/order-intents/${String(order['intentRef'])}`);
    expect(intent.body).toMatchObject({ orderId: order.orderId, state: 'accepted', ...fields });
  });

  it('keeps the digits of a price with fractions', async () => {
    const lineItems = [{ sku: 'A', quantity: '2.5', unitPriceDecimal: '0.333333', total: 1 }];
    const totals = { currency: 'JPY', subtotal: 1, tax: 0, shipping: 0, discounts: 0 };
    const order = await app.placeOrder({ fields: { lineItems, totals } });
    expect(order).toMatchObject({ lineItems, effective: { lineItems, totals: { subtotal: 1 } } });
  });

  it('is not found under an unknown id', async () => {
    expect(await app.call('GET', `/orders/${UNKNOWN}`)).toMatchObject({ status: 404 });
    expect(await app.call('GET', `/order-intents/${UNKNOWN}`)).toMatchObject({ status: 404 });
  });
});

describe('the list of orders', () => {
  it('is newest first and complete page by page, whatever comes in between', async () => {
    const customerRef = 'pages';
    const placed: string[] = [];
    for (let n = 0; n < 5; n += 1) placed.unshift((await app.placeOrder({ customerRef })).orderId);
    const first = await list(`customerRef=${customerRef}&limit=2`);
    await app.placeOrder({ customerRef });
    const second = await list(`customerRef=${customerRef}&limit=2&cursor=${first.nextCursor}`);
    const third = await list(`customerRef=${customerRef}&limit=2&cursor=${second.nextCursor}`);
    expect([first, second, third].flatMap(idsOf)).toEqual(placed);
    expect(third.nextCursor).toBeNull();
  });

  it('finds by customer, source, external id, SKU of any line, and time', async () => {
    const wish = { customerRef: 'c-1', lines: [{ sku: 'S-1' }, { sku: 'S-2' }], fields: { externalOrderId: 'e-1' } };
    const order = await app.placeOrder(wish);
    await app.placeOrder();
    for (const query of ['customerRef=c-1', 'externalOrderId=e-1', 'sku=S-2', 'sku=S-1&customerRef=c-1'])
      expect(idsOf(await list(query))).toEqual([order.orderId]);
    expect(idsOf(await list('sourceSystem=channel.test'))).toContain(order.orderId);
    for (const query of ['sku=S', 'customerRef=c-1&sku=S-3', 'sourceSystem=other', 'customerRef=C-1'])
      expect(idsOf(await list(query))).toEqual([]);
    const at = String(order['createdAt']);
    expect(idsOf(await list(`customerRef=c-1&createdFrom=${at}`))).toEqual([order.orderId]);
    expect(idsOf(await list(`customerRef=c-1&createdTo=${at}`))).toEqual([]);
  });

  it('finds by a status that is the newest of its module', async () => {
    const [kept, cancelled] = [await app.placeOrder({ customerRef: 's' }), await app.placeOrder({ customerRef: 's' })];
    await app.call('POST', `/orders/${cancelled.orderId}/cancel`, { reason: 'x' });
    await app.call('POST', `/orders/${kept.orderId}/statuses`, { statusCode: 'manual:note' });
    expect(idsOf(await list('customerRef=s&statusCode=order:submitted'))).toEqual([kept.orderId]);
    expect(idsOf(await list('customerRef=s&statusCode=order:cancelled'))).toEqual([cancelled.orderId]);
    expect(idsOf(await list('customerRef=s&statusCode=manual:note'))).toEqual([kept.orderId]);
    expect(idsOf(await list('customerRef=s&statusCode=no:such'))).toEqual([]);
  });

  it.each([
    ['cursor=forged', 'cursor'],
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['createdFrom=yesterday', 'createdFrom'],
    ['color=red', 'color'],
  ])('refuses %s', async (query, parameter) => {
    const { status, body } = await app.call('GET', `/orders?${query}`);
    expect({ status, errors: body['errors'] }).toMatchObject({ status: 400, errors: [{ parameter }] });
  });

  it("refuses another list's cursor", async () => {
    await Promise.all([app.placeOrder(), app.placeOrder()]);
    const { body } = await app.call('GET', '/order-intents?limit=1');
    const { status } = await app.call('GET', `/orders?cursor=${String(body['nextCursor'])}`);
    expect(status).toBe(400);
  });
});

describe('the list of intents', () => {
  it('is newest first, by key and by state', async () => {
    const sourceSystem = 'unanswered';
    const ids: unknown[] = [];
    for (let n = 0; n < 3; n += 1)
      ids.unshift(
        (await app.call('POST', '/order-intents', anIntent({ sourceSystem, orderIntentId: `i-${n}` }))).body['id'],
      );
    const found = async (query: string) => {
      const { body } = await app.call('GET', `/order-intents?sourceSystem=${sourceSystem}${query}`);
      return (body['items'] as { id: string }[]).map(({ id }) => id);
    };
    expect(await found('')).toEqual(ids);
    expect(await found('&orderIntentId=i-1')).toEqual([ids[1]]);
    expect(await found('&state=received')).toEqual(ids);
    expect(await found('&state=accepted')).toEqual([]);
    expect(await app.call('GET', '/order-intents?state=lost')).toMatchObject({ status: 400 });
  });
});
