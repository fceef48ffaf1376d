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

  it('does not count SKUs that commerce-core says nobody counts, nor makes counters for them', async () => {
    await inventory.knowSku('POST', 'untracked');
    const order = await inventory.order([
      { sku: 'POST', quantity: 1 },
      { sku: 'never heard of', quantity: 1 },
    ]);
    expect(await inventory.stockOf('POST')).toBe('none');
    expect(await inventory.stockOf('never heard of')).toBe('0/0');
    expect(await inventory.reservationsOf(order)).toEqual(['1-1 backordered']);
  });

  it('says that an order is confirmed that wants nothing from stock, and cancelled when it is', async () => {
    const order = await inventory.order([{ sku: 'POST', quantity: 1 }]);
    await inventory.orders.cancel(order);
    await inventory.react(order);
    expect(await inventory.timeline(order)).toEqual(['reservation_confirmed', 'reservation_cancelled']);
    expect(await inventory.reservationsOf(order)).toEqual([]);
  });

  it('reserves for a tenant from its own counter, by its own policy', async () => {
    const tenantId = '01a1fe00-0000-7000-8000-00000000000a';
    await inventory.shelve('D', 5);
    await inventory.knowSku('E', 'untracked');
    await inventory.knowSku('E', 'backorder', tenantId);
    const order = await inventory.orders.place(
      [
        { sku: 'D', quantity: 1 },
        { sku: 'E', quantity: 1 },
      ],
      tenantId,
    );
    await inventory.react(order);
    expect(await inventory.reservationsOf(order)).toEqual(['1-1 backordered', '1-1 backordered']);
    const counters = await inventory.rows(
      'SELECT sku, reserved::int FROM inventory.stock WHERE tenant_id = $1 ORDER BY sku',
      [tenantId],
    );
    expect(counters).toEqual([
      { sku: 'D', reserved: 0 },
      { sku: 'E', reserved: 0 },
    ]);
    const [entry] = await inventory.rows(`SELECT tenant_id FROM "order".order_status_history WHERE order_id = $1`, [
      order.orderId,
    ]);
    expect(entry).toEqual({ tenant_id: tenantId });
  });

  it('says nothing of a note, however many lines the order has', async () => {
    const order = await inventory.order(Array.from({ length: 8 }, (_, index) => ({ sku: 'A', quantity: index + 1 })));
    await inventory.orders.note(order, 'call before delivery');
    await inventory.react(order);
    expect(await inventory.timeline(order)).toEqual(['reservation_backordered']);
  });

  it('names short lines in the order of the order, also in a later revision', async () => {
    const lines = Array.from({ length: 8 }, (_, index) => ({ sku: 'none', quantity: index + 1 }));
    const order = await inventory.order(lines);
    await inventory.orders.setQuantity(order, 3, 40);
    await inventory.react(order);
    const [entry] = await inventory.rows<{ payload: { shortLines: { quantity: string }[] } }>(
      `SELECT payload FROM "order".order_status_history WHERE order_id = $1 ORDER BY seq DESC LIMIT 1`,
      [order.orderId],
    );
    expect(entry!.payload.shortLines.map(({ quantity }) => quantity)).toEqual([
      '1',
      '2',
      '3',
      '40',
      '5',
      '6',
      '7',
      '8',
    ]);
  });

  it('keeps what a decision was made from', async () => {
    await inventory.shelve('F', 9);
    await inventory.order([{ sku: 'F', quantity: 2 }]);
    const order = await inventory.order([{ sku: 'F', quantity: 3 }]);
    const [entry] = await inventory.rows(
      `SELECT kind, sequence::int, on_hand_before::int, reserved_before::int, order_revision, actor FROM inventory.stock_ledger
        WHERE order_id = $1`,
      [order.orderId],
    );
    expect(entry).toEqual({
      kind: 'reserve',
      sequence: 3,
      on_hand_before: 9,
      reserved_before: 2,
      order_revision: 1,
      actor: 'inventoryReservationIntake',
    });
  });

  it('leaves counters, ledger and reservations in agreement', async () => {
    expect(await inventory.differences()).toEqual([]);
  });
});

describe('inventory with several locations', () => {
  let inventory: InventoryOnDatabase;
  beforeAll(async () => {
    inventory = await InventoryOnDatabase.open({ locations: ['main', 'north'], defaultPolicy: 'untracked' });
  });
  afterAll(() => inventory.close());

  it('reserves where a whole line is covered, else waits at the first one, and gives back where it took', async () => {
    await inventory.knowSku('A', 'backorder');
    await inventory.shelve('A', 2);
    await inventory.shelve('A', 4, 'north');
    const first = await inventory.order([{ sku: 'A', quantity: 3 }]);
    const second = await inventory.order([{ sku: 'A', quantity: 3 }]);
    expect([await inventory.stockOf('A'), await inventory.stockOf('A', 'north')]).toEqual(['2/2', '4/3']);
    expect(await inventory.reservationsOf(second)).toEqual(['3-1 backordered']);
    await inventory.orders.cancel(first);
    await inventory.react(first);
    expect([await inventory.stockOf('A'), await inventory.stockOf('A', 'north')]).toEqual(['2/2', '4/0']);
  });

  it('does not count a SKU that nobody knows, when the settings say so', async () => {
    const order = await inventory.order([{ sku: 'never heard of', quantity: 1 }]);
    expect(await inventory.timeline(order)).toEqual(['reservation_confirmed']);
    expect(await inventory.stockOf('never heard of')).toBe('none');
  });
});
