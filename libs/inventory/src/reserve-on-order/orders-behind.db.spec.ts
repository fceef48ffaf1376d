import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InventoryOnDatabase } from '../testing/inventory-on-database.js';
import { PlacedOrders } from '../testing/placed-orders.js';
import { ordersBehind } from './orders-behind.js';

const HISTORY = 20_000;
const HOUR_MS = 3_600_000;
const NOW_MS = Date.now();
const at = (hoursAgo: number) => new Date(NOW_MS - hoursAgo * HOUR_MS).toISOString();

/** Orders of the last years, each with what inventory has done for it; every tenth has been adjusted once. */
const LONG_HISTORY = `
WITH placed AS (
  SELECT n, $1::timestamptz - n * interval '1 hour' AS placed_at FROM generate_series(1, $2::int) AS n),
ids AS (
  SELECT n, placed_at, overlay(cdc.first_id_at(placed_at)::text PLACING lpad(n::text, 8, '0') FROM 29)::uuid AS id FROM placed),
intents AS (
  INSERT INTO "order".order_intent (id, order_id, source_system, order_intent_id, customer_ref, line_items, totals,
    content_hash, submitted_at, state, received_at, updated_at)
  SELECT id, id, 'past', n, 'guest', '[]', '{}', '', placed_at, 'accepted', placed_at, placed_at FROM ids),
orders AS (
  INSERT INTO "order"."order" (id, order_id, intent_ref, source_system, order_intent_id, customer_ref, currency, line_items,
    totals, submitted_at, revision, created_at, updated_at)
  SELECT id, id, id, 'past', n, 'guest', 'GBP', '[]', '{}', placed_at, 1 + (n % 10 = 0)::int, placed_at, placed_at FROM ids),
adjustments AS (
  INSERT INTO "order".order_adjustment (id, order_id, revision, kind, changes, reason, actor, created_at)
  SELECT id, id, 2, 'adjust', '[]', 'test', 'test', placed_at FROM ids WHERE n % 10 = 0)
INSERT INTO inventory.order_reservation (id, order_id, order_created_at, revision, outcome, updated_at)
SELECT id, id, placed_at, 1 + (n % 10 = 0)::int, 'confirmed', placed_at FROM ids`;

describe('the search for orders that inventory has overlooked', () => {
  let inventory: InventoryOnDatabase;
  beforeAll(async () => {
    inventory = await InventoryOnDatabase.open();
    await inventory.rows(LONG_HISTORY, [at(48), HISTORY]);
  });
  afterAll(() => inventory.close());
  const placeAt = (hoursAgo: number) => new PlacedOrders(inventory.admin, NOW_MS - hoursAgo * HOUR_MS);
  const behind = (from: string, before: string) => inventory.batch((tx) => ordersBehind(tx, { from, before }, 10));

  it('finds new ones and revised old ones, and neither what was looked at before nor what is young', async () => {
    const longAgo = await placeAt(40).place([{ sku: 'A', quantity: 1 }]);
    const lately = placeAt(10);
    const [done, missed] = [await lately.place([]), await lately.place([])];
    await inventory.react(longAgo, done);
    expect(await behind(at(20), at(1))).toEqual([missed.orderId]);
    await lately.note(longAgo, 'revised');
    await placeAt(0.5).place([]);
    expect(await behind(at(20), at(1))).toEqual([longAgo.orderId, missed.orderId]);
    expect(await behind(at(5), at(1))).toEqual([]);
    expect(await behind(at(20), at(11))).toEqual([]);
  });

  it('reads what has changed, and not the history', async () => {
    await inventory.rows('VACUUM ANALYZE');
    const reads = await inventory.batch(async (tx) => {
      const seen = async () => {
        const [row] = await tx.query<{ rows: string }>(
          `SELECT sum(pg_stat_get_xact_tuples_fetched(c.oid) + pg_stat_get_xact_tuples_returned(c.oid)) AS rows
             FROM pg_class AS c WHERE c.relnamespace IN ('"order"'::regnamespace, 'inventory'::regnamespace)`,
        );
        return Number(row!.rows);
      };
      const before = await seen();
      await ordersBehind(tx, { from: at(20), before: at(0) }, 10);
      return (await seen()) - before;
    });
    expect(reads).toBeLessThan(100);
  });
});
