import { describe, expect, it } from '@jest/globals';
import { latencyOf, ratioOf, spreadOf } from './statistics.js';

describe('the figures of several runs', () => {
  it.each([
    [[7], { median: 7, min: 7, max: 7 }],
    [[30, 10, 20], { median: 20, min: 10, max: 30 }],
    [[100, 9, 20, 30], { median: 25, min: 9, max: 100 }],
  ])('of %j are the middle one with the least and the most', (values, spread) => {
    expect(spreadOf(values)).toEqual(spread);
  });
});

describe('the ratio of two figures', () => {
  it('reaches from the least to the most that the runs of both give', () => {
    const part = { median: 60, min: 40, max: 80 };
    const whole = { median: 100, min: 50, max: 160 };
    expect(ratioOf(part, whole)).toEqual({ median: 0.6, min: 0.25, max: 1.6 });
  });
});

describe('the percentiles', () => {
  it('are values that occurred, by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, nth) => 100 - nth);
    expect(latencyOf(hundred)).toEqual({ p50: 50, p95: 95, p99: 99, max: 100, samples: 100 });
  });

  it('of a few are the worst of them', () => {
    expect(latencyOf([3, 1, 2])).toEqual({ p50: 2, p95: 3, p99: 3, max: 3, samples: 3 });
  });
});
