import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orderOverHttp, type OrderOverHttp } from '../../../../test/support/order-over-http.js';

let app: OrderOverHttp;
beforeAll(async () => void (app = await orderOverHttp()));
afterAll(() => app.close());

type Order = Record<string, unknown> & { orderId: string };
interface Effective {
  readonly effective: { readonly lineItems: { readonly orderLineId: string }[] };
}
const UNKNOWN = '01a1fd4b-7c4d-8000-8000-00000000dead';

const cancel = (order: Order, body: object = {}) =>
  app.call('POST', `/orders/${order.orderId}/cancel`, { reason: 'changed their mind', ...body });
const adjust = (order: Order, changes: unknown, body: object = {}) =>
  app.call('POST', `/orders/${order.orderId}/adjustments`, { reason: 'typo', changes, ...body });
const lineOf = (order: unknown, nth = 0) => (order as Effective).effective.lineItems[nth]!.orderLineId;
const read = async ({ orderId }: Order) => (await app.call('GET', `/orders/${orderId}`)).body as Order;
const codes = async ({ orderId }: Order) => {
  const { body } = await app.call('GET', `/orders/${orderId}/timeline`);
  return (body['entries'] as { statusCode: string }[]).map(({ statusCode }) => statusCode);
};

describe('cancelling an order', () => {
  it('voids it: an adjustment with actor and reason, a revision, a status, and nothing left to deliver', async () => {
    const order = await app.placeOrder({ lines: [{}, { quantity: 2 }] });
    const { status, body } = await cancel(order, { actor: 'ann', expectedRevision: 1 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ revision: 2, totals: order['totals'], lineItems: order['lineItems'] });
    expect(body['adjustments']).toEqual([
      {
        id: expect.any(String),
        revision: 2,
        kind: 'cancel',
        changes: [],
        reason: 'changed their mind',
        actor: 'ann',
        idempotencyKey: null,
        createdAt: body['updatedAt'],
      },
    ]);
    expect(body['effective']).toMatchObject({
      cancelled: true,
      lineItems: [
        { quantity: '0', total: 0 },
        { quantity: '0', total: 0 },
      ],
      totals: { currency: 'GBP', subtotal: 0, tax: 0, shipping: 0, discounts: 0, total: 0 },
    });
    expect(await read(order)).toEqual(body);
    const { body: timeline } = await app.call('GET', `/orders/${order.orderId}/timeline`);
    expect(timeline).toMatchObject({
      entries: [
        { statusCode: 'order:submitted' },
        {
          statusCode: 'order:cancelled',
          writtenBy: 'ann',
          payload: { revision: 2, adjustmentId: (body['adjustments'] as { id: string }[])[0]!.id },
        },
      ],
    });
  });

  it('happens once, also when two try at the same moment', async () => {
    const order = await app.placeOrder();
    const answers = await Promise.all(Array.from({ length: 8 }, () => cancel(order)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(409)]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      type: 'urn:orderkeel:problem:already-cancelled',
      orderId: order.orderId,
      revision: 2,
    });
    expect(await read(order)).toMatchObject({ revision: 2 });
    expect(await codes(order)).toEqual(['order:submitted', 'order:cancelled']);
  });

  it('is refused when the order has changed since, and changes nothing', async () => {
    const order = await app.placeOrder();
    await adjust(order, [{ type: 'note', text: 'hello' }]);
    expect(await cancel(order, { expectedRevision: 1 })).toMatchObject({
      status: 409,
      body: { type: 'urn:orderkeel:problem:stale-revision', revision: 2 },
    });
    expect(await read(order)).toMatchObject({ revision: 2, effective: { cancelled: false } });
  });

  it('of an order that is not there, or of no id at all, is refused', async () => {
    expect(await cancel({ orderId: UNKNOWN })).toMatchObject({ status: 404 });
    expect(await cancel({ orderId: 'x' })).toMatchObject({ status: 400, body: { errors: [{ parameter: 'orderId' }] } });
  });
});

describe('adjusting an order', () => {
  it('changes what is effective and nothing that was accepted', async () => {
    const order = await app.placeOrder({
      lines: [
        { quantity: 6, unitPrice: 255 },
        { quantity: 2, unitPrice: 100 },
      ],
    });
    const { status, body } = await adjust(order, [
      { type: 'lineQuantity', orderLineId: lineOf(order), quantity: '1.50' },
      { type: 'note', text: 'call Ms Miller' },
    ]);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      revision: 2,
      lineItems: order['lineItems'],
      totals: order['totals'],
      adjustments: [{ kind: 'adjust', actor: 'anonymous', changes: [{ quantity: '1.5' }, { text: 'call Ms Miller' }] }],
      effective: {
        cancelled: false,
        lineItems: [
          { quantity: '1.5', total: 383 },
          { quantity: '2', total: 200 },
        ],
        totals: { subtotal: 583, total: 583 },
      },
    });
  });

  it('takes the newest quantity of a line, 0 included, and leaves the line', async () => {
    const order = await app.placeOrder();
    const to = (quantity: unknown) => [{ type: 'lineQuantity', orderLineId: lineOf(order), quantity }];
    await adjust(order, to(3));
    const { body } = await adjust(order, to(0));
    expect(body).toMatchObject({
      revision: 3,
      effective: { cancelled: false, lineItems: [{ quantity: '0', total: 0 }], totals: { total: 0 } },
    });
    expect(await adjust(order, to(7))).toMatchObject({ body: { effective: { lineItems: [{ quantity: '7' }] } } });
  });

  it('tells others what changed, but never the text of a note', async () => {
    const order = await app.placeOrder();
    const quantity = { type: 'lineQuantity', orderLineId: lineOf(order), quantity: '4' };
    await adjust(order, [quantity, { type: 'note', text: 'Ms Miller' }]);
    const { body } = await app.call('GET', `/orders/${order.orderId}/timeline`);
    expect(body).toMatchObject({ entries: [{}, { payload: { revision: 2, changes: [quantity, { type: 'note' }] } }] });
    expect(JSON.stringify(body)).not.toContain('Miller');
  });

  it('makes one revision after the other, however many come at once', async () => {
    const order = await app.placeOrder();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => adjust(order, [{ type: 'note', text: `note ${n}` }])),
    );
    expect(answers.map(({ body }) => body['revision']).sort()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    const { adjustments } = (await read(order)) as unknown as { adjustments: { revision: number }[] };
    expect(adjustments.map(({ revision }) => revision)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('tells revisions in their order, also to commands that waited for each other', async () => {
    for (let round = 0; round < 5; round += 1) {
      const order = await app.placeOrder();
      const notes = Array.from({ length: 6 }, (_, n) => adjust(order, [{ type: 'note', text: `note ${n}` }]));
      await Promise.all([...notes, cancel(order)]);
      const { body } = await app.call('GET', `/orders/${order.orderId}/timeline`);
      const entries = body['entries'] as { statusCode: string; payload: { revision: number } }[];
      const revisions = entries.map(({ payload }) => payload.revision);
      expect(revisions).toEqual(revisions.map((_, n) => n + 1));
      expect(entries.at(-1)!.statusCode).toBe('order:cancelled');
    }
  });

  it('is worth nothing, and not less, when its lines fall below its discounts', async () => {
    const totals = { currency: 'GBP', subtotal: 1530, tax: 0, shipping: 0, discounts: 1000 };
    const order = await app.placeOrder({ fields: { totals } });
    const changes = [{ type: 'lineQuantity', orderLineId: lineOf(order), quantity: 0 }];
    expect(await adjust(order, changes)).toMatchObject({
      status: 201,
      body: { effective: { totals: { subtotal: 0, discounts: 1000, total: 0 } } },
    });
  });

  it('names a line that the order has not, and an order worth more than can be stated', async () => {
    const order = await app.placeOrder();
    const known = { type: 'lineQuantity', orderLineId: lineOf(order), quantity: 1 };
    expect(await adjust(order, [known, { ...known, orderLineId: UNKNOWN }])).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/changes/1/orderLineId', code: 'unknown-line' }] },
    });
    expect(await adjust(order, [{ ...known, quantity: '999999999999' }])).toMatchObject({ status: 201 });
    const dear = await app.placeOrder({ lines: [{ quantity: 1, unitPrice: 900_000 }] });
    expect(await adjust(dear, [{ ...known, orderLineId: lineOf(dear), quantity: '999999999999' }])).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/changes', code: 'total-too-large' }] },
    });
    expect(await read(dear)).toEqual(dear);
  });

  it('refuses what is not built, and what makes no sense', async () => {
    const order = await app.placeOrder();
    const orderLineId = lineOf(order);
    for (const [changes, pointer] of [
      [[], '/changes'],
      [[{ type: 'lineRemoval', orderLineId }], '/changes/0/type'],
      [[{ type: 'lineQuantity', orderLineId, quantity: -1 }], '/changes/0/quantity'],
      [[{ type: 'note', text: '' }], '/changes/0/text'],
    ] as const)
      expect(await adjust(order, changes)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
    expect(await adjust(order, [{ type: 'note', text: 'x' }], { reason: undefined })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/reason', code: 'required' }] },
    });
  });

  it('of a cancelled order is refused', async () => {
    const order = await app.placeOrder();
    await cancel(order);
    expect(await adjust(order, [{ type: 'note', text: 'x' }])).toMatchObject({
      status: 409,
      body: { type: 'urn:orderkeel:problem:already-cancelled' },
    });
  });
});

describe('a command with an idempotency key', () => {
  it('is done once and answers its first result, whatever came after', async () => {
    const order = await app.placeOrder();
    const change = [{ type: 'lineQuantity', orderLineId: lineOf(order), quantity: 3 }];
    const key = { idempotencyKey: 'k1' };
    const both = await Promise.all([adjust(order, change, key), adjust(order, change, key)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(both[0].body).toEqual(both[1].body);
    await adjust(order, [{ type: 'note', text: 'later' }]);
    const cancelled = await cancel(order, { idempotencyKey: 'k1' });
    expect(cancelled).toMatchObject({ status: 200, body: { revision: 4 } });
    expect(await adjust(order, change, key)).toMatchObject({ status: 200, body: both[0].body });
    expect(await cancel(order, { idempotencyKey: 'k1' })).toMatchObject({ status: 200, body: cancelled.body });
  });

  it('is refused under a key that stands for other content, and leaves a key free that it was refused with', async () => {
    const order = await app.placeOrder();
    const note = (text: string) => [{ type: 'note', text }];
    await adjust(order, note('a'), { idempotencyKey: 'k2' });
    expect(await adjust(order, note('b'), { idempotencyKey: 'k2' })).toMatchObject({
      status: 409,
      body: { type: 'urn:orderkeel:problem:idempotency-key-reused' },
    });
    const stale = { idempotencyKey: 'k3', expectedRevision: 1 };
    expect(await adjust(order, note('c'), stale)).toMatchObject({ status: 409 });
    expect(await adjust(order, note('c'), { idempotencyKey: 'k3' })).toMatchObject({ status: 201 });
  });
});
