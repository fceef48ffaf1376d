import { describe, expect, it } from '@jest/globals';
import { ALL_SKUS, intentOf, skusOf, type Assortment } from './intents.js';

const linesOf = (nth: number, assortment?: Assortment) =>
  intentOf('spec', nth, assortment)['lineItems'] as { sku: string; quantity: number; total: number }[];

describe('the orders of the benchmark', () => {
  it.each([ALL_SKUS, { family: 'FEW', skus: 20, lines: 3 }])(
    'have lines of different SKUs of $family, each as often',
    (of) => {
      const times = new Map<string, number>();
      for (let nth = 0; nth < of.skus; nth += 1) {
        const skus = linesOf(nth, of).map(({ sku }) => sku);
        expect(new Set(skus).size).toBe(of.lines);
        for (const sku of skus) times.set(sku, (times.get(sku) ?? 0) + 1);
      }
      expect([...times.keys()].sort()).toEqual(skusOf(of).sort());
      expect([...new Set(times.values())]).toEqual([of.lines]);
    },
  );

  it('want one piece more of what everybody wants', () => {
    const [first, ...others] = linesOf(7, { ...ALL_SKUS, lines: 2, always: 'HOT' });
    expect(first).toMatchObject({ sku: 'HOT', quantity: 1 });
    expect(others).toHaveLength(2);
  });

  it('add up', () => {
    const { subtotal } = intentOf('spec', 4)['totals'] as { subtotal: number };
    expect(subtotal).toBe(linesOf(4).reduce((sum, { total }) => sum + total, 0));
  });
});
