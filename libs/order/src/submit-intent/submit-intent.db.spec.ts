import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anIntent } from '../../../../test/builders/an-intent.js';
import { orderOverHttp, type OrderOverHttp } from '../../../../test/support/order-over-http.js';
import { until } from '../../../../test/support/until.js';

let app: OrderOverHttp;
beforeAll(async () => void (app = await orderOverHttp()));
afterAll(() => app.close());

const submit = (body: unknown, wait?: number) =>
  app.call('POST', '/order-intents', body, wait === undefined ? {} : { prefer: `wait=${wait}` });
const received = (orderIntentId: unknown) =>
  until(`intent ${String(orderIntentId)} is received`, async () => {
    const { body } = await app.call('GET', `/order-intents?state=received&orderIntentId=${String(orderIntentId)}`);
    return (body['items'] as { orderId: string }[])[0]?.orderId;
  });

describe('POST /order-intents', () => {
  it('answers 202 with where to look', async () => {
    const { status, headers, body } = await submit(anIntent());
    expect(status).toBe(202);
    expect(body).toEqual({ id: expect.any(String), orderId: expect.any(String), state: 'received' });
    expect(headers.get('location')).toBe(`/order-intents/${String(body['id'])}`);
    const intent = await app.call('GET', headers.get('location')!);
    expect(intent).toMatchObject({ status: 200, body: { ...body, rejection: null, lineItems: [{ quantity: '6' }] } });
  });

  it('answers the same content with 200 and the present state', async () => {
    const intent = anIntent();
    const { body } = await submit(intent);
    expect(await submit(intent)).toMatchObject({ status: 200, body });
    await app.ingest(body['orderId']);
    expect(await submit(intent)).toMatchObject({ status: 200, body: { ...body, state: 'accepted' } });
  });

  it('replaces other content until acceptance and refuses it afterwards', async () => {
    const intent = anIntent();
    const { body } = await submit(intent);
    const other = { ...intent, customerRef: 'other' };
    expect(await submit(other)).toMatchObject({ status: 202, body });
    await app.ingest(body['orderId']);
    expect(await submit(intent)).toMatchObject({
      status: 409,
      body: { type: 'urn:orderkeel:problem:intent-already-accepted', orderId: body['orderId'] },
    });
    expect(await app.call('GET', `/orders/${String(body['orderId'])}`)).toMatchObject({
      body: { customerRef: 'other' },
    });
  });

  it('names the field at fault and stores nothing', async () => {
    const intent = anIntent({
      fields: { totals: { currency: 'ABC', subtotal: 1, tax: 0, shipping: 0, discounts: 0 } },
    });
    expect(await submit(intent)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/totals/currency', code: 'unknown-currency' }] },
    });
    const found = await app.call('GET', `/order-intents?orderIntentId=${String(intent['orderIntentId'])}`);
    expect(found.body).toEqual({ items: [], nextCursor: null });
  });
});

describe('POST /order-intents with a wait', () => {
  it('answers 201 with the order once it exists', async () => {
    const intent = anIntent();
    const answer = submit(intent, 20);
    await app.ingest(await received(intent['orderIntentId']));
    const { status, headers, body } = await answer;
    expect({ status, applied: headers.get('preference-applied') }).toEqual({ status: 201, applied: 'wait=20' });
    expect(headers.get('location')).toBe(`/orders/${String(body['orderId'])}`);
    expect(body).toMatchObject({ customerRef: '17850', revision: 1, lineItems: [{ orderLineId: expect.any(String) }] });
    expect(await submit(intent, 20)).toMatchObject({ status: 200, body });
  });

  it('is woken by another process too, which gives no hint', async () => {
    const intent = anIntent({ sourceSystem: 'unheard' });
    const answer = submit(intent, 20);
    const orderId = await received(intent['orderIntentId']);
    await app.asOrder((tx) =>
      tx.execute(`UPDATE "order".order_intent SET state = 'held' WHERE order_id = $1`, [orderId]),
    );
    expect(await answer).toMatchObject({ status: 202, body: { orderId, state: 'held' } });
  });

  it('answers 409 to who waited for content that another request has replaced', async () => {
    const intent = anIntent();
    const waiting = submit(intent, 20);
    const orderId = await received(intent['orderIntentId']);
    await submit({ ...intent, customerRef: 'other' });
    await app.ingest(orderId);
    expect(await waiting).toMatchObject({
      status: 409,
      body: { type: 'urn:orderkeel:problem:intent-already-accepted', orderId },
    });
  });

  it('answers 422 with every reason when the intent is rejected', async () => {
    const intent = anIntent({ sourceSystem: 'strict', lines: [{ sku: 'A' }, { sku: 'B' }] });
    const answer = submit(intent, 20);
    await app.ingest(await received(intent['orderIntentId']));
    const { status, body } = await answer;
    expect(status).toBe(422);
    expect(body).toMatchObject({
      type: 'urn:orderkeel:problem:intent-rejected',
      reasons: [
        { code: 'unknown-customer', pointer: '/customerRef' },
        { code: 'unknown-sku', pointer: '/lineItems/0/sku' },
        { code: 'unknown-sku', pointer: '/lineItems/1/sku' },
      ],
    });
    expect(await submit(intent)).toMatchObject({ status: 200, body: { state: 'rejected' } });
    expect(await submit(intent, 20)).toMatchObject({ status: 422, body: { reasons: body['reasons'] } });
    const list = await app.call('GET', '/order-intents?sourceSystem=strict&state=rejected');
    expect(list.body).toMatchObject({ items: [{ rejection: { code: 'unknown-customer', reasons: body['reasons'] } }] });
  });

  it("answers with a guard's own status", async () => {
    app.ports.addGuard({
      name: 'credit',
      module: 'order',
      check: async (intents) =>
        intents.map(({ customerRef }) =>
          customerRef === 'broke'
            ? { kind: 'reject', httpStatus: 402, message: 'the limit is reached' }
            : { kind: 'allow' },
        ),
    });
    const intent = anIntent({ customerRef: 'broke' });
    const answer = submit(intent, 20);
    await app.ingest(await received(intent['orderIntentId']));
    expect(await answer).toMatchObject({
      status: 402,
      body: { status: 402, reasons: [{ code: 'guard:credit', message: 'the limit is reached' }] },
    });
  });

  it('answers 202 when the time is up', async () => {
    expect(await submit(anIntent(), 1)).toMatchObject({ status: 202, body: { state: 'received' } });
  });
});

describe('POST /order-intents/batch', () => {
  it('answers each intent on its own, with the status of the single request', async () => {
    const [first, second] = [anIntent(), anIntent()];
    const accepted = anIntent();
    const order = await submit(accepted);
    await app.ingest(order.body['orderId']);
    const intents = [first, { ...second, state: 'accepted' }, first, { ...first, customerRef: 'x' }, null];
    const batch = { intents: [...intents, { ...accepted, customerRef: 'x' }] };
    const { status, body } = await app.call('POST', '/order-intents/batch', batch);
    const results = body['results'] as Record<string, unknown>[];
    expect(status).toBe(200);
    expect(results.map((result) => [result['index'], result['status'], result['orderIntentId']])).toEqual([
      [0, 202, first['orderIntentId']],
      [1, 400, second['orderIntentId']],
      [2, 200, first['orderIntentId']],
      [3, 202, first['orderIntentId']],
      [4, 400, null],
      [5, 409, accepted['orderIntentId']],
    ]);
    expect(results[1]).toMatchObject({ problem: { errors: [{ pointer: '/state', code: 'unknown-field' }] } });
    expect(results[5]).toMatchObject({ orderId: order.body['orderId'], problem: { orderId: order.body['orderId'] } });
  });

  it('takes 1 to 1,000 intents, none of them over 1 MiB', async () => {
    const big = { ...anIntent(), metadata: { text: 'x'.repeat(1024 * 1024) } };
    const { body } = await app.call('POST', '/order-intents/batch', { intents: [big, anIntent()] });
    expect(body).toMatchObject({ results: [{ status: 413, problem: { status: 413 } }, { status: 202 }] });
    for (const intents of [[], Array.from({ length: 1001 }, () => ({}))])
      expect(await app.call('POST', '/order-intents/batch', { intents })).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '/intents' }] },
      });
  });
});

describe('a backlog that is too old', () => {
  it('turns new intents away with 429 until it is worked off', async () => {
    const [known, waiting] = [anIntent(), anIntent()];
    await submit(known);
    const { body } = await submit(waiting);
    const { orderId } = body;
    await app.asOrder((tx) =>
      tx.execute(`UPDATE "order".order_intent SET updated_at = updated_at - interval '61 s' WHERE order_id = $1`, [
        orderId,
      ]),
    );
    const refusal = await until('intents are turned away', async () => {
      const answer = await submit(anIntent());
      return answer.status === 429 && answer;
    });
    expect(refusal.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(refusal.body).toMatchObject({ type: 'urn:orderkeel:problem:overloaded', status: 429 });
    expect((await app.call('POST', '/order-intents/batch', { intents: [anIntent()] })).status).toBe(429);
    for (const same of [known, waiting]) expect(await submit(same)).toMatchObject({ status: 200 });
    expect(await submit({ ...known, customerRef: 'other' })).toMatchObject({ status: 429 });
    await app.ingest(orderId);
    expect(await submit(anIntent())).toMatchObject({ status: 202 });
  });

  it('does not count what is parked: one bad intent stops itself and nobody else', async () => {
    const { orderId } = (await submit(anIntent())).body;
    await app.db.database.bookkeeping((tx) =>
      tx.execute(
        `INSERT INTO cdc.parked_key (executor, key, module, reason, error_class, parked_at)
         VALUES ('orderIntentIngestor', $1, 'order', 'poison', 'spec', now())`,
        [orderId],
      ),
    );
    await app.asOrder((tx) =>
      tx.execute(`UPDATE "order".order_intent SET updated_at = updated_at - interval '61 s' WHERE order_id = $1`, [
        orderId,
      ]),
    );
    const untilMs = Date.now() + 2_500;
    while (Date.now() < untilMs) {
      const answer = await submit(anIntent());
      expect(answer.status).toBe(202);
      await app.ingest(answer.body['orderId']);
    }
  });
});
