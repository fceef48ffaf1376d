import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { itBehavesLikeAReaction, type ReactionGround } from '../../../../test/support/reaction-suite.js';
import { InventoryOnDatabase } from '../testing/inventory-on-database.js';
import { CompareProjection } from './compare-projection.reaction.js';
import type { PlacedOrder } from '../testing/placed-orders.js';

const START_MS = Date.now();
const opened = new Map<ReactionGround, InventoryOnDatabase>();

itBehavesLikeAReaction({
  executor: 'inventoryReservationProjector',
  foreignTable: '"order"."order"',
  arrange: async (ground) => {
    const inventory = await InventoryOnDatabase.on(ground, START_MS);
    opened.set(ground, inventory);
    await inventory.shelve('A', 10);
    const orders = [
      await inventory.order([{ sku: 'A', quantity: 8 }]),
      await inventory.order([{ sku: 'A', quantity: 5 }]),
      await inventory.order([{ sku: 'A', quantity: 1 }]),
    ];
    await inventory.rows(`UPDATE inventory.stock SET reserved = 9 WHERE sku = 'A'`);
    return orders.map(({ orderId }) => ({ key: orderId }));
  },
  effects: (ground) => opened.get(ground)!.portrait(),
});

describe('the projector, when reservations change', () => {
  let inventory: InventoryOnDatabase;
  beforeAll(async () => {
    inventory = await InventoryOnDatabase.open();
  });
  afterAll(() => inventory.close());

  const compare = (...orders: PlacedOrder[]) =>
    inventory.batch((tx) =>
      inventory.get(CompareProjection).react(
        orders.map(({ orderId }) => ({ key: orderId, kind: 'u', row: undefined as never })),
        tx,
      ),
    );
  const reported = () =>
    inventory.rows<{ sku: string }>(
      'SELECT sku, projection, projected, folded FROM inventory.stock_difference ORDER BY found_at, projection',
    );

  it('finds nothing where everything agrees', async () => {
    await inventory.shelve('A', 5);
    const orders = [
      await inventory.order([{ sku: 'A', quantity: 3 }]),
      await inventory.order([{ sku: 'A', quantity: 3 }]),
    ];
    await compare(...orders);
    expect(await reported()).toEqual([]);
  });

  it('reports a counter that somebody changed by hand, once', async () => {
    await inventory.shelve('B', 5);
    const order = await inventory.order([{ sku: 'B', quantity: 3 }]);
    await inventory.rows(`UPDATE inventory.stock SET reserved = 4 WHERE sku = 'B'`);
    await compare(order);
    await compare(order);
    expect((await reported()).filter(({ sku }) => sku === 'B')).toEqual([
      {
        sku: 'B',
        projection: 'counter',
        projected: { onHand: 5, reserved: 4, sequence: 2 },
        folded: { onHand: 5, reserved: 3, sequence: 2 },
      },
    ]);
  });

  it('reports a reservation that says more than its ledger', async () => {
    await inventory.shelve('C', 5);
    const order = await inventory.order([{ sku: 'C', quantity: 7 }]);
    await inventory.rows(`UPDATE inventory.reservation SET backordered_quantity = 1 WHERE sku = 'C'`);
    await compare(order);
    expect((await reported()).filter(({ sku }) => sku === 'C')).toEqual([
      { sku: 'C', projection: 'reservation', projected: { reserved: 6 }, folded: { reserved: 5 } },
    ]);
  });

  const byHand = (order: PlacedOrder, line: number, sku: string, quantity: number) =>
    inventory.rows(
      `INSERT INTO inventory.reservation (id, order_id, order_line_id, stock_id, sku, location, quantity,
         backordered_quantity, state, origin, order_revision, order_created_at, stock_sequence, created_at, updated_at)
       SELECT gen_random_uuid(), $1, $2, id, sku, location, $4, 0, 'confirmed', 'manual', 1, now(), 0, now(), now()
         FROM inventory.stock WHERE sku = $3`,
      [order.orderId, order.lineIds[line], sku, quantity],
    );

  it('carries a reservation made by hand into counter and ledger, once, and lets wait what is short', async () => {
    await inventory.shelve('D', 5);
    const order = await inventory.orders.place([
      { sku: 'D', quantity: 4 },
      { sku: 'D', quantity: 3 },
    ]);
    await byHand(order, 0, 'D', 4);
    await byHand(order, 1, 'D', 3);
    await compare(order);
    await compare(order);
    expect(await inventory.stockOf('D')).toBe('5/5');
    expect(await inventory.reservationsOf(order)).toContainEqual(expect.stringMatching(/^[34]-2 backordered$/));
    expect(await inventory.timeline(order)).toEqual(['reservation_backordered']);
    expect((await reported()).filter(({ sku }) => sku === 'D')).toEqual([]);
  });

  it('lets the intake reconcile with what was reserved by hand, before it is carried and after', async () => {
    await inventory.shelve('E', 9);
    const orders = [
      await inventory.orders.place([{ sku: 'E', quantity: 4 }]),
      await inventory.orders.place([{ sku: 'E', quantity: 4 }]),
    ];
    for (const order of orders) await byHand(order, 0, 'E', 2);
    await compare(orders[1]!);
    for (const order of orders) await inventory.react(order);
    await compare(...orders);
    expect(await inventory.stockOf('E')).toBe('9/8');
    for (const order of orders) {
      expect(await inventory.reservationsOf(order)).toEqual(['4-0 confirmed']);
      expect(await inventory.timeline(order)).toEqual(['reservation_confirmed']);
    }
    expect((await inventory.differences()).filter((row) => (row as { sku: string }).sku === 'E')).toEqual([]);
  });
});
