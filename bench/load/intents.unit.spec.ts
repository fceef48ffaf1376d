import { describe, expect, it } from '@jest/globals';
import { intentOf, SKU_COUNT } from './intents.js';

const linesOf = (nth: number) => intentOf('spec', nth)['lineItems'] as { sku: string; total: number }[];

describe('the orders of the benchmark', () => {
  it('have three lines of different SKUs each, and all SKUs equally often', () => {
    const times = new Map<string, number>();
    for (let nth = 0; nth < SKU_COUNT; nth += 1) {
      const skus = linesOf(nth).map(({ sku }) => sku);
      expect(new Set(skus).size).toBe(3);
      for (const sku of skus) times.set(sku, (times.get(sku) ?? 0) + 1);
    }
    expect([times.size, ...new Set(times.values())]).toEqual([SKU_COUNT, 3]);
  });

  it('add up', () => {
    const { subtotal } = intentOf('spec', 4)['totals'] as { subtotal: number };
    expect(subtotal).toBe(linesOf(4).reduce((sum, { total }) => sum + total, 0));
  });
});
