import { describe, expect, it } from '@jest/globals';
import type { Figures } from '../parts/parts.js';
import { atLeast, atMost, judge, under, type Target } from './headline.js';
import type { MarkedRun } from './marks.js';

const judged = (target: Target, median?: number, runs: readonly MarkedRun[] = []) => {
  const of = () => (median === undefined ? undefined : { measured: { median, min: 0, max: 9_999 }, runs });
  return judge([{ figure: 'speed', target, of }], {} as Figures)[0]!;
};

const quiet: MarkedRun = { use: { wallSeconds: 1, cpuSeconds: {}, foreignShare: 0, disturbed: false } };

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

  it.each(['refused', 'unfinished', 'timelineMissing'])(
    'of a pace that was not kept up with is never met: %s',
    (what) => {
      const { met, marks } = judged(atMost(10, 'ms'), 1, [quiet, { ...quiet, [what]: 1 }]);
      expect(met).toBe(false);
      expect(marks).toEqual([expect.stringMatching(/^NOT KEPT UP: .*1/)]);
    },
  );

  it('has the marks of its runs, which alone do not fail it', () => {
    const disturbed = { ...quiet, use: { ...quiet.use, foreignShare: 0.12, disturbed: true } };
    const stalled = { ...quiet, disk: { longestSyncMs: 300, stalledShare: 0.02, stalled: true } };
    expect(judged(atMost(10, 'ms'), 1, [quiet, disturbed, stalled])).toMatchObject({
      met: true,
      marks: ['DISTURBED 1 of 3, by up to 12 %', 'DISK STALLED in 1 of 1, for up to 300 ms'],
    });
  });

  it('has no marks when nothing speaks against its runs', () => {
    expect(judged(atMost(10, 'ms'), 1, [{ ...quiet, refused: 0, unfinished: 0 }])).toMatchObject({
      met: true,
      marks: [],
    });
  });
});
