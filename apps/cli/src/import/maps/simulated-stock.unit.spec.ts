import { describe, expect, it } from '@jest/globals';
import { weekOf } from '../week.js';
import { simulatedStock } from './simulated-stock.js';

const skus = Array.from({ length: 2_000 }, (_, index) => String(20_000 + index));
const weeks = Array.from({ length: 40 }, (_, index) => weekOf('2010-11-29') + index);

describe('simulated stock', () => {
  it('is the same whenever and in whatever order it is asked for', () => {
    const [one, other] = [simulatedStock('2010-11-29'), simulatedStock('2010-11-29')];
    const supply = (stock: typeof one, of: string) => [stock.opening(of), ...weeks.map((w) => stock.delivered(of, w))];
    const forwards = skus.map((sku) => supply(one, sku));
    const backwards = [...skus].reverse().map((sku) => supply(other, sku));
    expect(backwards.reverse()).toEqual(forwards);
  });

  it('leaves about one SKU in twenty-five scarce, and delivers to those too', () => {
    const stock = simulatedStock('2010-11-29');
    const scarce = skus.filter((sku) => stock.opening(sku) < 300);
    expect(scarce.length).toBeGreaterThan(skus.length * 0.025);
    expect(scarce.length).toBeLessThan(skus.length * 0.06);
    expect(scarce.every((sku) => weeks.some((week) => stock.delivered(sku, week) > 0))).toBe(true);
  });
});
