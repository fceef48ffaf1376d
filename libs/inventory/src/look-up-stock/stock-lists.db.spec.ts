import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inventoryOverHttp, type InventoryOverHttp } from '../testing/inventory-over-http.js';
import type { PlacedOrder } from '../testing/placed-orders.js';

type Items = Record<string, unknown>[];

describe('what callers look up of stock', () => {
  let shop: InventoryOverHttp;
  let order: PlacedOrder;
  beforeAll(async () => {
    shop = await inventoryOverHttp();
    for (const sku of ['A', 'B', 'C']) await shop.inventory.shelve(sku, 5);
    await shop.inventory.order([{ sku: 'A', quantity: 1 }]);
    order = await shop.inventory.order([
      { sku: 'A', quantity: 7 },
      { sku: 'B', quantity: '0.5' },
    ]);
  });
  afterAll(() => shop.close());

  it('shows what is left, in order of SKU and location, page by page', async () => {
    const first = await shop.get('remaining-stock?limit=2');
    expect(first.body['items']).toEqual([
      { sku: 'A', location: 'main', onHand: '5', reserved: '5', available: '0', incoming: '0' },
      { sku: 'B', location: 'main', onHand: '5', reserved: '0.5', available: '4.5', incoming: '0' },
    ]);
    const rest = await shop.get(`remaining-stock?limit=2&cursor=${String(first.body['nextCursor'])}`);
    expect((rest.body['items'] as Items).map(({ sku }) => sku)).toEqual(['C']);
    expect(rest.body['nextCursor']).toBeNull();
    const none = await shop.get('remaining-stock?sku=A&location=north');
    expect(none.body['items']).toEqual([]);
  });

  it('shows reservations of an order, a SKU or a state', async () => {
    const ofOrder = await shop.get(`reservations?orderId=${order.orderId}`);
    expect(ofOrder.body['items']).toEqual(
      expect.arrayContaining([
        {
          id: expect.any(String),
          orderId: order.orderId,
          orderLineId: order.lineIds[0],
          sku: 'A',
          location: 'main',
          quantity: '7',
          backorderedQuantity: '3',
          state: 'backordered',
          origin: 'automated',
        },
        expect.objectContaining({ sku: 'B', quantity: '0.5', backorderedQuantity: '0', state: 'confirmed' }),
      ]),
    );
    const ofSku = await shop.get('reservations?sku=A&state=confirmed');
    expect((ofSku.body['items'] as Items).map(({ quantity }) => quantity)).toEqual(['1']);
  });

  it('shows the ledger with what each decision was made from', async () => {
    const { body } = await shop.get('stock-ledger?sku=A&kind=reserve');
    const newestFirst = body['items'] as Items;
    expect(
      newestFirst.map(({ sequence, deltaReserved, reservedBefore }) => [sequence, deltaReserved, reservedBefore]),
    ).toEqual([
      [3, '4', '1'],
      [2, '1', '0'],
    ]);
    expect(Object.keys(newestFirst[0]!).sort()).toEqual(
      [
        'actor',
        'counted',
        'deltaOnHand',
        'deltaReserved',
        'id',
        'idempotencyKey',
        'kind',
        'location',
        'onHandBefore',
        'orderId',
        'orderLineId',
        'orderRevision',
        'reason',
        'recordedAt',
        'reference',
        'reservedBefore',
        'sequence',
        'sku',
      ].sort(),
    );
  });

  it.each([
    ['reservations?state=lost', 'state'],
    ['reservations?orderId=17', 'orderId'],
    ['stock-ledger?limit=201', 'limit'],
    ['remaining-stock?cursor=made-up', 'cursor'],
    ['remaining-stock?colour=red', 'colour'],
  ])('refuses %s, naming the parameter', async (path, parameter) => {
    const { status, body } = await shop.get(path);
    expect(status).toBe(400);
    expect(body['errors']).toEqual([expect.objectContaining({ parameter })]);
  });

  it('refuses a cursor of another list', async () => {
    const { body } = await shop.get('reservations?limit=1');
    const { status } = await shop.get(`stock-ledger?cursor=${String(body['nextCursor'])}`);
    expect(status).toBe(400);
  });
});
