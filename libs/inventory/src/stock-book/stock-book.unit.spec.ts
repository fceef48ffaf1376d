import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideAdjustments, type StockAdjustment } from '../adjust-stock/adjust.decide.js';
import type { Receipt } from '../book-receipt/receipt.store.js';
import { decideReceipts } from '../book-receipt/receive.decide.js';
import { TakenKeys } from '../data/keyed.js';
import { NaiveStock } from '../testing/naive-stock.js';
import { PaperOrders } from '../testing/paper-orders.js';
import { PaperStock } from '../testing/paper-stock.js';
import { outcomeOf } from './outcome.js';
import { quantityOf } from './quantity.js';
import { backordered } from './reservation.js';
import { available } from './shelf.js';

const SKUS = ['A', 'B'];
const quantity = fc.constantFrom('1', '2', '3', '0.5', '7');
const sku = fc.constantFrom(...SKUS, 'uncounted');
const nth = fc.nat({ max: 11 });
const orderStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ place: fc.array(fc.tuple(sku, quantity), { minLength: 1, maxLength: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ cancel: nth }) },
  {
    weight: 3,
    arbitrary: fc.record({ revise: nth, line: fc.nat({ max: 3 }), to: fc.oneof(quantity, fc.constant('0')) }),
  },
  { weight: 1, arbitrary: fc.record({ note: nth }) },
);
const counted = fc.constantFrom(...SKUS);
const round = fc.oneof(
  { weight: 4, arbitrary: fc.record({ orders: fc.array(orderStep, { minLength: 1, maxLength: 6 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ receipts: fc.array(fc.tuple(counted, quantity), { minLength: 1, maxLength: 3 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      adjustments: fc.array(
        fc.tuple(
          counted,
          fc.oneof(fc.record({ delta: fc.constantFrom('-4', '-1', '2') }), fc.record({ counted: quantity })),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    }),
  },
);
type Round = typeof round extends fc.Arbitrary<infer R> ? R : never;

/** One life of a warehouse, next to the naive one. */
class Life {
  readonly stock: PaperStock;
  readonly orders: PaperOrders;
  readonly naive = new NaiveStock();
  private placed = 0;
  private moved = 0;

  /** @param cuts says where a batch is cut in two: at each position that it gives true for */
  constructor(
    private readonly cuts: (position: number) => boolean,
    piece = 2,
  ) {
    this.stock = new PaperStock(piece);
    this.orders = new PaperOrders(this.stock);
    for (const each of SKUS) {
      this.stock.shelve(each, 0n);
      this.naive.onHand.set(each, 0n);
    }
  }

  live(rounds: readonly Round[]): this {
    for (const each of rounds) {
      if ('orders' in each) this.orderRound(each.orders);
      else if ('receipts' in each) this.batches(each.receipts, (receipts) => this.receive(receipts));
      else this.batches(each.adjustments, (adjustments) => this.adjust(adjustments));
    }
    return this;
  }

  private orderRound(steps: readonly (typeof orderStep extends fc.Arbitrary<infer S> ? S : never)[]): void {
    const changed: number[] = [];
    for (const step of steps) {
      if ('place' in step) changed.push(this.orders.place(step.place));
      const number = 'cancel' in step ? step.cancel : 'revise' in step ? step.revise : 'note' in step ? step.note : -1;
      if (number < 0 || number >= this.placed + changed.length || !this.exists(number)) continue;
      if ('cancel' in step) this.orders.cancel(number);
      if ('revise' in step) this.orders.setQuantity(number, step.line, step.to);
      if ('note' in step) this.orders.note(number);
      changed.push(number);
    }
    const unique = [...new Set(changed)];
    this.placed += steps.filter((step) => 'place' in step).length;
    this.batches(unique, (numbers) => this.orders.react(...numbers));
    for (const number of unique) this.naive.decide(this.orders.at(number));
  }

  private exists(number: number): boolean {
    return (this.orders.at(number) as object | undefined) !== undefined;
  }

  private receive(receipts: readonly (readonly [string, string])[]): void {
    const book = this.stock.open();
    const wishes = receipts.map(([each, amount]) => ({
      ...this.movement(each),
      quantity: amount,
      reference: null,
      createdAt: '',
    }));
    const shelved = wishes.map((receipt) => ({ receipt, shelf: book.shelfAt(null, receipt) }));
    this.stock.carryOut(book, decideReceipts(shelved, new TakenKeys<Receipt>([], () => false), book));
    for (const [each, amount] of receipts)
      this.naive.putOnHand(each, this.naive.onHand.get(each)! + quantityOf(amount));
  }

  private adjust(adjustments: readonly (readonly [string, { delta: string } | { counted: string }])[]): void {
    const book = this.stock.open();
    const wishes = adjustments.map(([each, change]) => ({
      ...this.movement(each),
      delta: null,
      counted: null,
      ...change,
      reason: '',
    }));
    const shelved = wishes.map((adjustment) => ({
      adjustment,
      shelf: book.shelfAt(null, adjustment),
      hasLocation: true,
    }));
    const verdicts = this.stock.carryOut(
      book,
      decideAdjustments(shelved, new TakenKeys<StockAdjustment>([], () => false), book),
    );
    const expected = adjustments.map(([each, change]) =>
      this.naive.putOnHand(
        each,
        'counted' in change ? quantityOf(change.counted) : this.naive.onHand.get(each)! + quantityOf(change.delta),
      ),
    );
    expect(verdicts.map(({ verdict }) => verdict === 'booked')).toEqual(expected);
  }

  private movement(each: string) {
    this.moved += 1;
    return { id: `movement-${this.moved}`, sku: each, location: 'main', actor: 'spec', idempotencyKey: null };
  }

  private batches<Item>(items: readonly Item[], run: (batch: readonly Item[]) => void): void {
    let batch: Item[] = [];
    for (const [position, item] of items.entries()) {
      batch.push(item);
      if (position < items.length - 1 && !this.cuts(position)) continue;
      run(batch);
      batch = [];
    }
  }
}

/** Everything that is left, also how it came to be. */
function portrait({ stock }: Life): unknown {
  const whole = [[...stock.shelves.values()], stock.lines, stock.entries, stock.statuses];
  return JSON.parse(
    JSON.stringify(whole, (key, value: unknown) =>
      key === 'order'
        ? undefined
        : key === 'shelf'
          ? (value as { stockId: string }).stockId
          : typeof value === 'bigint'
            ? String(value)
            : value,
    ),
  );
}

describe('stock, whatever happens to orders, receipts, adjustments and counts', () => {
  const rounds = fc.array(round, { minLength: 1, maxLength: 12 });

  it('is what the plainest form of the rules says: reservations are the effective demand, filled in order of acceptance', () => {
    fc.assert(
      fc.property(rounds, (life) => {
        const { stock, naive } = new Life(() => false).live(life);
        const figures = stock.lines.map(({ orderLineId, quantity: wanted, reserved }) => [
          orderLineId,
          wanted,
          reserved,
        ]);
        expect(figures.sort()).toEqual(
          naive.wants.map(({ line, quantity: wanted, reserved }) => [line, wanted, reserved]),
        );
        for (const { sku: each, onHand, reserved } of stock.shelves.values())
          expect([each, onHand, reserved]).toEqual([each, naive.onHand.get(each), naive.reserved(each)]);
      }),
      { numRuns: 500 },
    );
  });

  it('is never oversold, and the ledger adds up to the counters step by step', () => {
    fc.assert(
      fc.property(rounds, (life) => {
        const { stock } = new Life(() => false).live(life);
        for (const shelf of stock.shelves.values()) {
          let [onHand, reserved] = [0n, 0n];
          const entries = stock.entries.filter((entry) => entry.shelf.stockId === shelf.stockId);
          expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, index) => index + 1));
          for (const entry of entries) {
            expect([entry.onHandBefore, entry.reservedBefore]).toEqual([onHand, reserved]);
            onHand += entry.deltaOnHand;
            reserved += entry.deltaReserved;
            expect(reserved >= 0n && reserved <= onHand).toBe(true);
          }
          expect([shelf.onHand, shelf.reserved]).toEqual([onHand, reserved]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('lets nobody wait beside available stock, and tells every order its outcome last', () => {
    fc.assert(
      fc.property(rounds, (life) => {
        const { stock } = new Life(() => false).live(life);
        for (const line of stock.lines)
          if (backordered(line) > 0n) expect(available(stock.shelves.get(line.stockId)!)).toBe(0n);
        for (const order of stock.orders.values()) {
          const told = stock.statuses.filter(({ orderId }) => orderId === order.orderId).at(-1);
          expect(told?.statusCode).toBe(`inventory:reservation_${order.outcome}`);
          if (order.outcome !== 'cancelled') expect(order.outcome).toBe(outcomeOf(order.lines));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('comes out the same, entry by entry, however batches are cut and in whatever pieces the waiting are read', () => {
    fc.assert(
      fc.property(rounds, fc.func(fc.boolean()), fc.integer({ min: 1, max: 9 }), (life, cuts, piece) => {
        const whole = portrait(new Life(() => false).live(life));
        expect(portrait(new Life(cuts, piece).live(life))).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });
});
