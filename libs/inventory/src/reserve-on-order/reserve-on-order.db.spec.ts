import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InventoryOnDatabase } from '../testing/inventory-on-database.js';

describe('inventory, when an order appears or changes', () => {
  let inventory: InventoryOnDatabase;
  beforeAll(async () => {
    inventory = await InventoryOnDatabase.open();
  });
  afterAll(() => inventory.close());

  it('reserves what it wants and says so once', async () => {
    await inventory.shelve('A', 10);
    const order = await inventory.order([{ sku: 'A', quantity: 6 }]);
    expect(await inventory.stockOf('A')).toBe('10/6');
    expect(await inventory.reservationsOf(order)).toEqual(['6-0 confirmed']);
    expect(await inventory.timeline(order)).toEqual(['reservation_confirmed']);
  });

  it('takes what is there and lets the rest wait, naming the short lines', async () => {
    await inventory.shelve('B', 4);
    const order = await inventory.order([
      { sku: 'B', quantity: 3 },
      { sku: 'B', quantity: '2.5' },
    ]);
    expect(await inventory.reservationsOf(order)).toEqual(['3-0 confirmed', '2.5-1.5 backordered']);
    const [entry] = await inventory.rows<{ severity: string; payload: object }>(
      `SELECT severity, payload FROM "order".order_status_history WHERE order_id = $1`,
      [order.orderId],
    );
    const short = { sku: 'B', location: 'main', quantity: '2.5', backorderedQuantity: '1.5' };
    expect(entry).toEqual({
      severity: 'warning',
      payload: { revision: 1, shortLines: [{ orderLineId: order.lineIds[1], ...short }] },
    });
  });

  it('gives what a cancelled order held to the orders that wait, oldest first', async () => {
    await inventory.shelve('C', 5);
    const holder = await inventory.order([{ sku: 'C', quantity: 5 }]);
    const second = await inventory.order([{ sku: 'C', quantity: 3 }]);
    const third = await inventory.order([{ sku: 'C', quantity: 3 }]);
    await inventory.orders.cancel(holder);
    await inventory.react(holder);
    expect(await inventory.reservationsOf(second)).toEqual(['3-0 confirmed']);
    expect(await inventory.reservationsOf(third)).toEqual(['3-1 backordered']);
    expect(await inventory.timeline(holder)).toEqual(['reservation_confirmed', 'reservation_cancelled']);
    expect(await inventory.timeline(second)).toEqual(['reservation_backordered', 'reservation_confirmed']);
    expect(await inventory.timeline(third)).toEqual(['reservation_backordered']);
    expect(await inventory.stockOf('C')).toBe('5/5');
  });

  it('leaves counters, ledger and reservations in agreement', async () => {
    expect(await inventory.differences()).toEqual([]);
  });
});
