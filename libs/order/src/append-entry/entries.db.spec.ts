import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orderOverHttp, type OrderOverHttp } from '../../../../test/support/order-over-http.js';

let app: OrderOverHttp;
beforeAll(async () => void (app = await orderOverHttp()));
afterAll(() => app.close());

type Order = { readonly orderId: string };
const UNKNOWN = '01a1fd4b-7c4d-8000-8000-00000000dead';

const append = ({ orderId }: Order, body: object) => app.call('POST', `/orders/${orderId}/statuses`, body);
const close = ({ orderId }: Order, entryId: unknown, body: object = { reason: 'done' }) =>
  app.call('POST', `/orders/${orderId}/statuses/${String(entryId)}/close`, body);
const entriesOf = async ({ orderId }: Order) =>
  (await app.call('GET', `/orders/${orderId}/timeline`)).body['entries'] as Record<string, unknown>[];

describe('an entry from outside', () => {
  it("carries the word's own category and severity where the writer says nothing", async () => {
    const order = await app.placeOrder();
    const { status, body } = await append(order, { statusCode: 'manual:hold' });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String),
      orderId: order.orderId,
      module: 'manual',
      statusCode: 'manual:hold',
      category: 'support',
      severity: 'blocking',
      payload: {},
      recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      writtenBy: 'anonymous',
      closesEntryId: null,
      closedAt: null,
      seq: expect.any(Number),
    });
    expect((await entriesOf(order)).at(-1)).toEqual(body);
  });

  it('says what its writer says, and sorts by its time', async () => {
    const order = await app.placeOrder();
    const said = { severity: 'warning', category: 'payment', payload: { case: [1, null] }, writtenBy: 'crm-bridge' };
    const times = { recordedAt: '2020-01-01T00:00:00Z' };
    const { body } = await append(order, { statusCode: 'crm:case_opened', ...said, ...times });
    expect(body).toMatchObject({ module: 'crm', ...said, recordedAt: '2020-01-01T00:00:00.000000Z' });
    expect((await entriesOf(order)).map(({ statusCode }) => statusCode)).toEqual([
      'crm:case_opened',
      'order:submitted',
    ]);
  });

  it('is refused outside the external namespaces, before its code is looked up', async () => {
    const order = await app.placeOrder();
    for (const statusCode of ['order:submitted', 'inventory:reservation_confirmed', 'inventory:nonsense', 'x:y'])
      expect(await append(order, { statusCode })).toMatchObject({
        status: 403,
        body: { type: 'urn:orderkeel:problem:namespace-forbidden', errors: [{ pointer: '/statusCode' }] },
      });
    for (const statusCode of ['manual:nonsense', 'crm:Nonsense'])
      expect(await append(order, { statusCode })).toMatchObject({
        status: 422,
        body: { type: 'urn:orderkeel:problem:unknown-status-code', errors: [{ pointer: '/statusCode' }] },
      });
    expect(await append(order, { statusCode: 'note' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/statusCode', code: 'invalid-format' }] },
    });
    expect(await append(order, { statusCode: 'manual:closed' })).toMatchObject({
      status: 400,
      body: {
        type: 'urn:orderkeel:problem:invalid-request',
        errors: [{ pointer: '/statusCode', code: 'closes-nothing' }],
      },
    });
    expect(await entriesOf(order)).toHaveLength(1);
  });

  it('may be recorded at most five minutes ahead', async () => {
    const order = await app.placeOrder();
    const ahead = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    expect(await append(order, { statusCode: 'manual:note', recordedAt: ahead(6) })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/recordedAt', code: 'too-far-ahead' }] },
    });
    expect(await append(order, { statusCode: 'manual:note', recordedAt: ahead(4) })).toMatchObject({ status: 201 });
  });

  it('is appended once under its idempotency key', async () => {
    const order = await app.placeOrder();
    const note = { statusCode: 'manual:note', payload: { text: 'x' }, idempotencyKey: 'k' };
    const both = await Promise.all([append(order, note), append(order, note)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(both[0].body).toEqual(both[1].body);
    expect(await append(order, { ...note, payload: {} })).toMatchObject({ status: 409 });
    expect(await entriesOf(order)).toHaveLength(2);
  });

  it('needs an order', async () => {
    expect(await append({ orderId: UNKNOWN }, { statusCode: 'manual:note' })).toMatchObject({ status: 404 });
  });
});

describe('closing an entry', () => {
  it('appends another entry and shows when it was closed', async () => {
    const order = await app.placeOrder();
    const { body: hold } = await append(order, { statusCode: 'manual:hold' });
    const { status, body: closing } = await close(order, hold['id'], { reason: 'paid', writtenBy: 'ann' });
    expect(status).toBe(201);
    expect(closing).toMatchObject({
      statusCode: 'manual:closed',
      closesEntryId: hold['id'],
      closedAt: null,
      payload: { reason: 'paid' },
      writtenBy: 'ann',
    });
    const entries = await entriesOf(order);
    expect(entries.slice(1)).toEqual([{ ...hold, closedAt: closing['recordedAt'] }, closing]);
  });

  it('happens once, also when several try at the same moment', async () => {
    const order = await app.placeOrder();
    const { body: hold } = await append(order, { statusCode: 'manual:hold' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => close(order, hold['id'])));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      type: 'urn:orderkeel:problem:already-closed',
      entryId: hold['id'],
    });
    expect(await entriesOf(order)).toHaveLength(3);
  });

  it("is possible for another module's entry, and not for another order's", async () => {
    const [order, other] = [await app.placeOrder(), await app.placeOrder()];
    const [submitted] = await entriesOf(order);
    expect(await close(other, submitted?.['id'])).toMatchObject({ status: 404 });
    expect(await close(order, UNKNOWN)).toMatchObject({ status: 404 });
    expect(await close(order, submitted?.['id'])).toMatchObject({ status: 201 });
  });
});
