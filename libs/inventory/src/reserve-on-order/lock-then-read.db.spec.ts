import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BookReceipts } from '../book-receipt/book-receipts.js';
import { InventoryOnDatabase } from '../testing/inventory-on-database.js';

/**
 * Facts are read behind the lock, in statements of their own: read in the statement that waits, they may be older than
 * what it waited for (architecture 7).
 */
describe('two writers of one counter', () => {
  let inventory: InventoryOnDatabase;
  beforeAll(async () => {
    inventory = await InventoryOnDatabase.open();
  });
  afterAll(() => inventory.close());

  const receive = (sku: string, quantity: string) => {
    const goods = { sku, location: 'main', quantity, reference: null, actor: 'spec', idempotencyKey: null };
    return inventory.get(BookReceipts).book({ tenantId: null, actor: 'spec' }, [goods]);
  };

  it('reserve for an order once, when both hear of it', async () => {
    await inventory.shelve('A', 10);
    const order = await inventory.orders.place([{ sku: 'A', quantity: 4 }]);
    await inventory.meetAt(
      '"order".order_status_history',
      () => inventory.react(order),
      () => inventory.react(order),
    );
    expect(await inventory.stockOf('A')).toBe('10/4');
    expect(await inventory.timeline(order)).toEqual(['reservation_confirmed']);
  });

  it('give back what the other one filled, when goods arrive while the order is cancelled', async () => {
    const order = await inventory.order([{ sku: 'B', quantity: 4 }]);
    await inventory.orders.cancel(order);
    await inventory.meetAt(
      'inventory.receipt',
      () => receive('B', '5'),
      () => inventory.react(order),
    );
    expect(await inventory.stockOf('B')).toBe('5/0');
    expect(await inventory.timeline(order)).toEqual([
      'reservation_backordered',
      'reservation_confirmed',
      'reservation_cancelled',
    ]);
  });

  it('tell an order that it is complete, when goods for two of its lines arrive at once', async () => {
    const order = await inventory.order([
      { sku: 'C', quantity: 1 },
      { sku: 'D', quantity: 1 },
    ]);
    await inventory.meetAt(
      'inventory.receipt',
      () => receive('C', '1'),
      () => receive('D', '1'),
    );
    expect(await inventory.timeline(order)).toEqual(['reservation_backordered', 'reservation_confirmed']);
  });

  it('leave counters, ledger and reservations in agreement', async () => {
    expect(await inventory.differences()).toEqual([]);
  });
});
