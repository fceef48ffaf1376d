import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inventoryOverHttp, type InventoryOverHttp } from '../testing/inventory-over-http.js';

describe('POST /inventory/receipts', () => {
  let shop: InventoryOverHttp;
  beforeAll(async () => {
    shop = await inventoryOverHttp();
  });
  afterAll(() => shop.close());

  it('books goods and answers with the receipt', async () => {
    const { status, body } = await shop.post('receipts', {
      sku: 'A',
      location: 'main',
      quantity: '12.50',
      reference: 'note 1',
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String),
      sku: 'A',
      location: 'main',
      quantity: '12.5',
      reference: 'note 1',
      actor: 'anonymous',
      idempotencyKey: null,
      createdAt: expect.stringMatching(/^\d{4}-.*\.\d{6}Z$/),
    });
    const stock = await shop.get('remaining-stock?sku=A');
    expect(stock.body).toEqual({
      items: [{ sku: 'A', location: 'main', onHand: '12.5', reserved: '0', available: '12.5', incoming: '0' }],
      nextCursor: null,
    });
  });

  it('fills backorders in order of acceptance, in its transaction, and tells the orders', async () => {
    const first = await shop.inventory.order([{ sku: 'B', quantity: 3 }]);
    const second = await shop.inventory.order([{ sku: 'B', quantity: 4 }]);
    await shop.post('receipts', { sku: 'B', location: 'main', quantity: 5, actor: 'dock' });
    expect(await shop.inventory.reservationsOf(first)).toEqual(['3-0 confirmed']);
    expect(await shop.inventory.reservationsOf(second)).toEqual(['4-2 backordered']);
    expect(await shop.inventory.timeline(first)).toEqual(['reservation_backordered', 'reservation_confirmed']);
    expect(await shop.inventory.timeline(second)).toEqual(['reservation_backordered']);
    const { body } = await shop.get('stock-ledger?sku=B');
    expect(
      (body['items'] as { kind: string; actor: string }[]).map(({ kind, actor }) => `${kind} ${actor}`).sort(),
    ).toEqual(['receipt dock', 'reserve dock', 'reserve dock']);
  });

  it('leaves out an order whose own events are parked', async () => {
    const parked = await shop.inventory.order([{ sku: 'P', quantity: 3 }]);
    const next = await shop.inventory.order([{ sku: 'P', quantity: 3 }]);
    await shop.inventory.rows(
      `INSERT INTO cdc.parked_key (executor, key, module, reason, error_class, parked_at)
       VALUES ('inventoryReservationIntake', $1, 'inventory', 'spec', 'spec', now())`,
      [parked.orderId],
    );
    await shop.post('receipts', { sku: 'P', location: 'main', quantity: 4 });
    expect(await shop.inventory.reservationsOf(parked)).toEqual(['3-3 backordered']);
    expect(await shop.inventory.reservationsOf(next)).toEqual(['3-0 confirmed']);
  });

  it('gives the first answer again under the same key, and refuses other content', async () => {
    const body = { sku: 'C', location: 'main', quantity: 2, idempotencyKey: 'delivery-1' };
    const [first, again] = [
      await shop.post('receipts', body),
      await shop.post('receipts', { ...body, quantity: '2.0' }),
    ];
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    const other = await shop.post('receipts', { ...body, quantity: 3 });
    expect([other.status, other.body['type']]).toEqual([409, 'urn:orderkeel:problem:idempotency-key-reused']);
    const elsewhere = await shop.post('receipts', { ...body, sku: 'C2' });
    expect([elsewhere.status, await shop.inventory.stockOf('C2')]).toEqual([409, 'none']);
    expect(await shop.inventory.stockOf('C')).toBe('2/0');
  });

  it('lets one of two with the same key win, also when they speak of different SKUs', async () => {
    const race = (sku: string) => () =>
      shop.post('receipts', { sku, location: 'main', quantity: 1, idempotencyKey: 'race' });
    const answers = await shop.inventory.meetAt('inventory.receipt', race('R1'), race('R2'));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it.each([
    [{ sku: 'A', location: 'moon', quantity: 1 }, '/location', 'unknown-location'],
    [{ sku: 'A', location: 'main', quantity: 0 }, '/quantity', 'not-positive'],
    [{ sku: 'A', location: 'main', quantity: '1.0000001' }, '/quantity', 'too-many-decimals'],
    [{ sku: 'A', quantity: 1 }, '/location', 'required'],
    [{ sku: 'A', location: 'main', quantity: 1, colour: 'red' }, '/colour', 'unknown-field'],
  ])('refuses %j with a pointer, and changes nothing', async (body, pointer, code) => {
    const before = await shop.inventory.portrait();
    const { status, body: problem } = await shop.post('receipts', body);
    expect(status).toBe(400);
    expect(problem['errors']).toEqual([expect.objectContaining({ pointer, code })]);
    expect(await shop.inventory.portrait()).toEqual(before);
  });

  it('answers each item of a batch as if it had come alone', async () => {
    const waiting = await shop.inventory.order([{ sku: 'D', quantity: 3 }]);
    const good = { sku: 'D', location: 'main', quantity: 2, idempotencyKey: 'd-1' };
    const { status, body } = await shop.post('receipts/batch', {
      receipts: [
        good,
        { ...good, quantity: -1 },
        good,
        { ...good, quantity: 7 },
        { ...good, idempotencyKey: 'd-2' },
        5,
      ],
    });
    expect(status).toBe(200);
    const results = body['results'] as { index: number; status: number; id?: string; problem?: object }[];
    expect(results.map(({ index, status: each }) => [index, each])).toEqual([
      [0, 201],
      [1, 400],
      [2, 200],
      [3, 409],
      [4, 201],
      [5, 400],
    ]);
    expect(results[2]!.id).toBe(results[0]!.id);
    expect(results[1]!.problem).toMatchObject({ errors: [{ pointer: '/quantity', code: 'not-positive' }] });
    expect(await shop.inventory.stockOf('D')).toBe('4/3');
    expect(await shop.inventory.timeline(waiting)).toEqual(['reservation_backordered', 'reservation_confirmed']);
  });

  it('takes a thousand receipts, three hundred of which fill backorders, in well under a second', async () => {
    const lines = Array.from({ length: 300 }, (_, index) => ({ sku: `bulk-${index}`, quantity: 1 }));
    await shop.inventory.order(lines);
    const receipts = Array.from({ length: 1000 }, (_, index) => ({
      sku: `bulk-${index}`,
      location: 'main',
      quantity: 5,
      idempotencyKey: `bulk-${index}`,
    }));
    const startMs = performance.now();
    const { body } = await shop.post('receipts/batch', { receipts });
    expect(performance.now() - startMs).toBeLessThan(2000);
    expect((body['results'] as { status: number }[]).every(({ status }) => status === 201)).toBe(true);
  });

  it('lists receipts newest first, page by page', async () => {
    const page = await shop.get('receipts?limit=2');
    const next = await shop.get(`receipts?limit=2&cursor=${String(page.body['nextCursor'])}`);
    const ids = [page, next].flatMap(({ body }) => (body['items'] as { id: string }[]).map(({ id }) => id));
    expect([...ids].sort().reverse()).toEqual(ids);
    expect(new Set(ids).size).toBe(4);
  });

  it('leaves counters, ledger and reservations in agreement', async () => {
    expect(await shop.inventory.differences()).toEqual([]);
  });
});
