import { itBehavesLikeAReaction, type ReactionGround } from '../../../../test/support/reaction-suite.js';
import { InventoryOnDatabase } from '../testing/inventory-on-database.js';
import type { PlacedOrder } from '../testing/placed-orders.js';

const START_MS = Date.now();
const opened = new Map<ReactionGround, { inventory: InventoryOnDatabase; orders: PlacedOrder[] }>();

itBehavesLikeAReaction({
  executor: 'inventoryReservationIntake',
  foreignTable: '"order"."order"',
  arrange: async (ground) => {
    const inventory = await InventoryOnDatabase.on(ground, START_MS);
    await inventory.shelve('A', 10);
    await inventory.shelve('B', 4);
    const holder = await inventory.order([{ sku: 'A', quantity: 8 }]);
    const waiting = await inventory.order([
      { sku: 'A', quantity: 5 },
      { sku: 'B', quantity: 2 },
    ]);
    const early = await inventory.orders.place([{ sku: 'A', quantity: 3 }]);
    await inventory.orders.cancel(holder);
    await inventory.orders.note(waiting, 'call before delivery');
    const late = await inventory.orders.place([
      { sku: 'A', quantity: '2.5' },
      { sku: 'B', quantity: 9 },
      { sku: 'never seen', quantity: 1 },
    ]);
    const orders = [early, holder, late, waiting];
    opened.set(ground, { inventory, orders });
    return orders.map(({ orderId }) => ({ key: orderId }));
  },
  effects: (ground) => opened.get(ground)!.inventory.portrait(),
  revise: async (ground) => {
    const { inventory, orders } = opened.get(ground)!;
    await inventory.orders.setQuantity(orders[0]!, 0, 1);
    return [{ key: orders[0]!.orderId }];
  },
});
