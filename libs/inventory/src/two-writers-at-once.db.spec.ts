import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AdjustStock } from './adjust-stock/adjust-stock.js';
import { BookReceipts } from './book-receipt/book-receipts.js';
import { InventoryOnDatabase } from './testing/inventory-on-database.js';
import type { PlacedOrder } from './testing/placed-orders.js';

const CLERK = { tenantId: null, actor: 'clerk' };
const sku = fc.constantFrom('A', 'B', 'C');
const quantity = fc.constantFrom('1', '2', '3.5', '6');
const orderStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ place: fc.array(fc.tuple(sku, quantity), { minLength: 1, maxLength: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ cancel: fc.nat({ max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ revise: fc.nat({ max: 9 }), to: fc.constantFrom('0', '1', '4') }) },
);
const clerkStep = fc.oneof(
  fc.record({ receive: fc.array(fc.tuple(sku, quantity), { minLength: 1, maxLength: 4 }) }),
  fc.record({ count: fc.array(fc.tuple(sku, fc.constantFrom('0', '3', '9')), { minLength: 1, maxLength: 3 }) }),
  fc.record({ change: fc.array(fc.tuple(sku, fc.constantFrom('-2', '2')), { minLength: 1, maxLength: 3 }) }),
);
type Step<A> = A extends fc.Arbitrary<infer S> ? S : never;

describe('inventory, with several writers at once', () => {
  let inventory: InventoryOnDatabase;
  let lives = 0;
  beforeAll(async () => {
    inventory = await InventoryOnDatabase.open();
  });
  afterAll(() => inventory.close());

  /** The intake's lane: batches of what happened to orders. */
  const takeIn = async (batches: readonly (readonly Step<typeof orderStep>[])[], name: (sku: string) => string) => {
    const placed: PlacedOrder[] = [];
    const cancelled = new Set<number>();
    for (const batch of batches) {
      const changed: PlacedOrder[] = [];
      for (const step of batch) {
        if ('place' in step) {
          const lines = step.place.map(([each, amount]) => ({ sku: name(each), quantity: amount }));
          changed.push(await inventory.orders.place(lines));
          placed.push(changed.at(-1)!);
          continue;
        }
        const number = 'cancel' in step ? step.cancel : step.revise;
        const order = placed[number];
        if (!order || cancelled.has(number)) continue;
        if ('revise' in step) await inventory.orders.setQuantity(order, 0, step.to);
        else await inventory.orders.cancel(order);
        if ('cancel' in step) cancelled.add(number);
        changed.push(order);
      }
      await inventory.react(...new Set(changed));
    }
  };

  /** A clerk, who books and counts. */
  const work = async (steps: readonly Step<typeof clerkStep>[], name: (sku: string) => string) => {
    const nobody = { location: 'main', reason: 'spec', actor: 'clerk', idempotencyKey: null };
    for (const step of steps) {
      if ('receive' in step) {
        const goods = step.receive.map(([each, amount]) => ({ sku: name(each), quantity: amount, reference: null }));
        await inventory.get(BookReceipts).book(
          CLERK,
          goods.map((one) => ({ ...nobody, ...one })),
        );
        continue;
      }
      const changes =
        'count' in step
          ? step.count.map(([each, counted]) => ({ sku: name(each), counted, delta: null }))
          : step.change.map(([each, delta]) => ({ sku: name(each), delta, counted: null }));
      await inventory.get(AdjustStock).adjust(
        CLERK,
        changes.map((one) => ({ ...nobody, ...one })),
      );
    }
  };

  it('is never oversold, agrees with its ledger, and reserves the effective demand, whoever is faster', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.array(orderStep, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 6 }),
      fc.array(clerkStep, { minLength: 2, maxLength: 6 }),
      fc.array(clerkStep, { minLength: 2, maxLength: 6 }),
      async (batches, clerk, other) => {
        const life = (lives += 1);
        const name = (each: string) => `${each}-${life}`;
        await Promise.all([takeIn(batches, name), work(clerk, name), work(other, name)]);
        expect(await inventory.differences()).toEqual([]);
        expect(await inventory.rows(IDLE_STOCK)).toEqual([]);
        expect(await inventory.rows(OTHER_THAN_DEMAND)).toEqual([]);
        expect(await inventory.rows(OTHER_THAN_TOLD)).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: 25, endOnFailure: true });
  });
});

/** Somebody waits although there is stock. */
const IDLE_STOCK = `
SELECT s.sku, s.on_hand, s.reserved, r.order_id FROM inventory.stock AS s
  JOIN inventory.reservation AS r ON r.stock_id = s.id AND r.backordered_quantity > 0 WHERE s.on_hand > s.reserved`;

/** A reservation that does not want what its line wants. */
const OTHER_THAN_DEMAND = `
SELECT l.order_id, l.sku, l.quantity, r.quantity AS reserved_for FROM "order".effective_line AS l
  FULL JOIN inventory.reservation AS r USING (order_line_id)
 WHERE coalesce(l.quantity, 0) <> coalesce(r.quantity, 0)`;

/** An order whose newest entry is not what its reservations amount to. */
const OTHER_THAN_TOLD = `
SELECT o.order_id, o.outcome, h.status_code FROM inventory.order_reservation AS o
  CROSS JOIN LATERAL (SELECT status_code FROM "order".order_status_history AS e
                       WHERE e.order_id = o.order_id ORDER BY recorded_at DESC, seq DESC LIMIT 1) AS h
 WHERE h.status_code <> 'inventory:reservation_' || o.outcome
    OR (o.outcome = 'backordered') <> EXISTS (
         SELECT FROM inventory.reservation AS r WHERE r.order_id = o.order_id AND r.backordered_quantity > 0)`;
