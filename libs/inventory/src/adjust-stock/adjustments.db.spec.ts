import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inventoryOverHttp, type InventoryOverHttp } from '../testing/inventory-over-http.js';

describe('POST /inventory/stock-adjustments', () => {
  let shop: InventoryOverHttp;
  beforeAll(async () => {
    shop = await inventoryOverHttp();
  });
  afterAll(() => shop.close());

  const adjust = (body: object) => shop.post('stock-adjustments', { location: 'main', reason: 'spec', ...body });

  it('adjusts by a difference and answers with what is on hand since then', async () => {
    await shop.inventory.shelve('A', 10);
    const { status, body } = await adjust({ sku: 'A', delta: '-2.5', actor: 'clerk' });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String),
      sku: 'A',
      location: 'main',
      delta: '-2.5',
      counted: null,
      onHand: '7.5',
      reason: 'spec',
      actor: 'clerk',
      idempotencyKey: null,
      recordedAt: expect.stringMatching(/Z$/),
    });
  });

  it('refuses to go below zero, saying what is there, and changes nothing', async () => {
    await shop.inventory.shelve('B', 3);
    await shop.inventory.order([{ sku: 'B', quantity: 1 }]);
    const before = await shop.inventory.portrait();
    const { status, body } = await adjust({ sku: 'B', delta: -4 });
    expect([status, body['type']]).toEqual([409, 'urn:orderkeel:problem:not-enough-stock']);
    expect(body).toMatchObject({ onHand: '3', available: '2' });
    expect(await shop.inventory.portrait()).toEqual(before);
  });

  it('leaves nothing of a SKU that it refused to take away from', async () => {
    expect((await adjust({ sku: 'unheard of', delta: -1 })).body).toMatchObject({ status: 409, onHand: '0' });
    expect((await shop.get('remaining-stock?sku=unheard%20of')).body['items']).toEqual([]);
  });

  it('takes back from the newest orders when less is counted than is reserved, and tells them', async () => {
    await shop.inventory.shelve('C', 10);
    const orders = [];
    for (const quantity of [3, 4, 3]) orders.push(await shop.inventory.order([{ sku: 'C', quantity }]));
    const { body } = await adjust({ sku: 'C', counted: 5 });
    expect(body).toMatchObject({ delta: '-5', counted: '5', onHand: '5' });
    const states = await Promise.all(orders.map((order) => shop.inventory.reservationsOf(order)));
    expect(states).toEqual([['3-0 confirmed'], ['4-2 backordered'], ['3-3 backordered']]);
    expect(await shop.inventory.timeline(orders[0]!)).toEqual(['reservation_confirmed']);
    expect(await shop.inventory.timeline(orders[2]!)).toEqual(['reservation_confirmed', 'reservation_backordered']);
    expect(await shop.inventory.stockOf('C')).toBe('5/5');
  });

  it('fills backorders with what a count finds', async () => {
    const order = await shop.inventory.order([{ sku: 'D', quantity: 4 }]);
    await adjust({ sku: 'D', counted: 6 });
    expect(await shop.inventory.stockOf('D')).toBe('6/4');
    expect(await shop.inventory.timeline(order)).toEqual(['reservation_backordered', 'reservation_confirmed']);
  });

  it('keeps a count that finds what is known, as a row of the ledger', async () => {
    await shop.inventory.shelve('E', 6);
    const { status, body } = await adjust({ sku: 'E', counted: '6.0' });
    expect([status, body['delta']]).toEqual([201, '0']);
  });

  it('does a command once under its key, a refused one not at all', async () => {
    const take = { sku: 'F', delta: -2, idempotencyKey: 'take-2' };
    expect((await adjust(take)).status).toBe(409);
    await adjust({ sku: 'F', counted: 5 });
    const [first, again] = [await adjust(take), await adjust(take)];
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect((await adjust({ ...take, delta: -3 })).body['type']).toBe('urn:orderkeel:problem:idempotency-key-reused');
    expect(await shop.inventory.stockOf('F')).toBe('3/0');
  });

  it('lets one of two with the same key win, also when they speak of different SKUs', async () => {
    const race = (sku: string) => () => adjust({ sku, delta: 1, idempotencyKey: 'race' });
    const answers = await shop.inventory.meetAt('inventory.stock_ledger', race('R1'), race('R2'));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it.each([
    [{ sku: 'A' }, '/delta', 'required'],
    [{ sku: 'A', delta: 1, counted: 1 }, '/counted', 'not-allowed'],
    [{ sku: 'A', delta: 0 }, '/delta', 'zero'],
    [{ sku: 'A', counted: -1 }, '/counted', 'negative'],
    [{ sku: 'A', delta: 1, location: 'moon' }, '/location', 'unknown-location'],
    [{ sku: 'A', delta: 1, reason: '' }, '/reason', 'empty'],
  ])('refuses %j with a pointer', async (body, pointer, code) => {
    const { status, body: problem } = await adjust(body);
    expect(status).toBe(400);
    expect(problem['errors']).toEqual([expect.objectContaining({ pointer, code })]);
  });

  it('carries a batch out as if its items came one after the other', async () => {
    const order = await shop.inventory.order([{ sku: 'G', quantity: 4 }]);
    const item = { sku: 'G', location: 'main', reason: 'spec' };
    const { body } = await shop.post('stock-adjustments/batch', {
      adjustments: [
        { ...item, delta: -1 },
        { ...item, delta: 5 },
        { ...item, counted: 2 },
        { ...item, delta: 3 },
      ],
    });
    expect((body['results'] as { status: number }[]).map(({ status }) => status)).toEqual([409, 201, 201, 201]);
    expect(await shop.inventory.stockOf('G')).toBe('5/4');
    expect(await shop.inventory.timeline(order)).toEqual([
      'reservation_backordered',
      'reservation_confirmed',
      'reservation_backordered',
      'reservation_confirmed',
    ]);
  });

  it('leaves counters, ledger and reservations in agreement', async () => {
    expect(await shop.inventory.differences()).toEqual([]);
  });
});
