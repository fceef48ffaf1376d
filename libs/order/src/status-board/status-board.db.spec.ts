import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orderOverHttp, type OrderOverHttp } from '../../../../test/support/order-over-http.js';

let app: OrderOverHttp;
beforeAll(async () => void (app = await orderOverHttp()));
afterAll(() => app.close());

interface Entry {
  readonly id: string;
  readonly orderId: string;
  readonly statusCode: string;
}

async function board(path: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { status, body } = await app.call('GET', `/status-board/${path}${cursor && `&cursor=${cursor}`}`);
    expect(status).toBe(200);
    entries.push(...(body['items'] as Entry[]));
    cursor = body['nextCursor'] as string | null;
  }
  return entries;
}
const append = async (orderId: string, body: object) =>
  (await app.call('POST', `/orders/${orderId}/statuses`, body)).body as unknown as Entry;
const told = (entries: Entry[]) => entries.map(({ orderId, statusCode }) => [orderId, statusCode]);

describe('the board of latest entries', () => {
  it('has the newest entry of each order and module, newest first, page by page', async () => {
    const [a, b] = [(await app.placeOrder()).orderId, (await app.placeOrder()).orderId];
    await append(a, { statusCode: 'manual:hold' });
    await append(a, { statusCode: 'manual:note' });
    await append(a, { statusCode: 'manual:write_off', recordedAt: '2020-01-01T00:00:00Z' });
    await append(b, { statusCode: 'crm:case_opened' });
    await app.call('POST', `/orders/${b}/cancel`, { reason: 'x' });
    const latest = [
      [b, 'order:cancelled'],
      [b, 'crm:case_opened'],
      [a, 'manual:note'],
      [a, 'order:submitted'],
    ];
    for (const limit of [1, 2, 200]) expect(told(await board(`latest?limit=${limit}`))).toEqual(latest);
    expect(told(await board('latest?module=order&limit=1'))).toEqual([latest[0], latest[3]]);
    expect(told(await board('latest?statusCode=manual:note'))).toEqual([latest[2]]);
    expect(told(await board('latest?statusCode=manual:hold'))).toEqual([]);
    expect(told(await board('latest?module=crm&statusCode=manual:note'))).toEqual([]);
    expect(told(await board('latest?module=nobody'))).toEqual([]);
  });
});

describe('the board of blocking entries', () => {
  it('has what is open, newest first, until it is closed', async () => {
    const { orderId } = await app.placeOrder();
    const holds: Entry[] = [];
    for (let n = 0; n < 3; n += 1) holds.unshift(await append(orderId, { statusCode: 'manual:hold' }));
    const ofOrder = async () => (await board('blocking?limit=1')).filter((entry) => entry.orderId === orderId);
    expect(await ofOrder()).toEqual(holds);
    await app.call('POST', `/orders/${orderId}/statuses/${holds[1]!.id}/close`, { reason: 'x' });
    expect(await ofOrder()).toEqual([holds[0], holds[2]]);
  });
});

describe('the published language', () => {
  it('has every word with its meaning', async () => {
    const { body } = await app.call('GET', '/vocabulary?limit=200');
    const words = body['items'] as { code: string }[];
    expect(words.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['manual:hold', 'manual:note', 'manual:write_off']),
    );
    expect(words.find(({ code }) => code === 'manual:hold')).toEqual({
      code: 'manual:hold',
      namespace: 'manual',
      module: 'order',
      meaning: expect.any(String),
      payload: expect.any(String),
      category: 'support',
      severity: 'blocking',
    });
    const [first, second] = words;
    const page = await app.call('GET', '/vocabulary?limit=1');
    expect(page.body['items']).toEqual([first]);
    const next = await app.call('GET', `/vocabulary?limit=1&cursor=${String(page.body['nextCursor'])}`);
    expect(next.body['items']).toEqual([second]);
  });

  it('has every contract with the schema of its rows', async () => {
    const { body } = await app.call('GET', '/contracts');
    const contracts = body['items'] as { name: string; schema: string }[];
    expect(contracts.map(({ name }) => name)).toEqual([
      'order.intentRejection',
      'order.order',
      'order.orderIntent',
      'orderStatusHistory',
    ]);
    for (const { name, schema } of contracts)
      expect(await app.call('GET', schema)).toMatchObject({
        status: 200,
        body: { $schema: 'https://json-schema.org/draft/2020-12/schema', title: name, type: 'object' },
      });
    expect(await app.call('GET', '/contracts/nothing/schema')).toMatchObject({ status: 404 });
  });
});
