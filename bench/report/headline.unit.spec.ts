import { describe, expect, it } from '@jest/globals';
import type { Figures } from '../parts/parts.js';
import { atLeast, atMost, judge, under, type Target } from './headline.js';

const judged = (target: Target, median?: number) => {
  const of = () => (median === undefined ? undefined : { median, min: 0, max: 9_999 });
  return judge([{ figure: 'speed', target, of }], {} as Figures)[0]!;
};

describe('a headline', () => {
  it.each([
    [atLeast(10, 'a second'), 10, true],
    [atLeast(10, 'a second'), 9.9, false],
    [atMost(10, 'ms'), 10, true],
    [atMost(10, 'ms'), 10.1, false],
    [under(10, 'kB'), 10, false],
    [under(10, 'kB'), 9.9, true],
  ])('compares with %j the median %d', (target, median, met) => {
    expect(judged(target, median).met).toBe(met);
  });

  it('says its target in words', () => {
    expect(judged(atLeast(1_000, 'orders/s'), 1).target).toBe('at least 1,000 orders/s');
  });

  it('is neither met nor missed when nobody has measured it', () => {
    expect(judged(atMost(10, 'ms'))).toMatchObject({ measured: null, met: null });
  });
});
