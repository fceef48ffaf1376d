import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GivenChange } from '../../../../test/support/reaction-run.js';
import { itBehavesLikeAReaction, type ReactionGround } from '../../../../test/support/reaction-suite.js';
import { InventoryOnDatabase } from '../testing/inventory-on-database.js';
import { CountMovements } from './count-movements.reaction.js';

const START_MS = Date.now();
const opened = new Map<ReactionGround, InventoryOnDatabase>();

itBehavesLikeAReaction({
  executor: 'inventoryStockMetricsUpdater',
  readsKeysAlone: true,
  foreignTable: '"order"."order"',
  arrange: async (ground) => {
    const inventory = await InventoryOnDatabase.on(ground, START_MS);
    opened.set(ground, inventory);
    await inventory.shelve('A', 10);
    await inventory.shelve('B', 4);
    const order = await inventory.order([
      { sku: 'A', quantity: 8 },
      { sku: 'B', quantity: 5 },
    ]);
    await inventory.orders.setQuantity(order, 0, 3);
    await inventory.react(order);
    return inventory.ledgerChanges();
  },
  effects: (ground) => opened.get(ground)!.portrait(),
});

describe('movements, counted per SKU, location and day', () => {
  let inventory: InventoryOnDatabase;
  beforeAll(async () => {
    inventory = await InventoryOnDatabase.open();
    await inventory.shelve('A', 10);
    const order = await inventory.order([{ sku: 'A', quantity: 8 }]);
    await inventory.orders.cancel(order);
    await inventory.react(order);
  });
  afterAll(() => inventory.close());

  const count = (changes: readonly GivenChange[], beforeCommit?: () => Promise<void>) =>
    inventory.batch(async (tx) => {
      await inventory.get(CountMovements).react(changes as never, tx);
      await beforeCommit?.();
    });
  const movements = () =>
    inventory.rows(
      `SELECT sku, location, trim_scale(received) AS received, trim_scale(reserved) AS reserved,
              trim_scale(released) AS released, entries::int FROM inventory.stock_movement`,
    );
  const whole = [{ sku: 'A', location: 'main', received: '10', reserved: '8', released: '8', entries: 3 }];

  it('counts every ledger row once, whichever event tells of it', async () => {
    const changes = await inventory.ledgerChanges();
    await count([changes.at(-1)!]);
    expect(await movements()).toEqual(whole);
    await count(changes);
    expect(await movements()).toEqual(whole);
  });

  it('counts once when two count at the same time', async () => {
    await inventory.shelve('B', 3);
    const changes = (await inventory.ledgerChanges()).filter(({ key }) => key === 'B');
    let late: Promise<void> = Promise.resolve();
    await count(changes, async () => {
      late = count(changes);
      late.catch(() => undefined);
      await inventory.untilWaiting(1);
    });
    await expect(late).rejects.toMatchObject({ code: '40001', retriable: true });
    await count(changes);
    const [row] = await inventory.rows(
      `SELECT trim_scale(received) AS received FROM inventory.stock_movement WHERE sku = 'B'`,
    );
    expect(row).toEqual({ received: '3' });
  });
});
