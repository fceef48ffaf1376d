import { describe, expect, it } from '@jest/globals';
import { sumBefore } from './adjusted-stock.js';
import { decideStockLine } from './stock.decide.js';

describe('a stock line', () => {
  it('is accepted as long as what is on hand does not fall below zero', () => {
    expect(decideStockLine({ delta: -7n, supplied: 5n, adjusted: 2n })).toBe(true);
    expect(decideStockLine({ delta: -8n, supplied: 5n, adjusted: 2n })).toBe(false);
  });

  it('is always accepted upwards', () => {
    expect(decideStockLine({ delta: 1n, supplied: 0n, adjusted: 0n })).toBe(true);
  });

  it('is decided with the lines before it, not with those after it that are there already', () => {
    const lines = new Map([
      ['s:stock:2011-01-01T00:00:00.000000Z:1:0000', 3n],
      ['s:stock:2011-01-01T00:00:00.000000Z:2:0000', 4n],
      ['s:stock:2011-01-02T00:00:00.000000Z:1:0000', 5n],
    ]);
    expect(sumBefore(lines, 's:stock:2011-01-01T00:00:00.000000Z:2:0000')).toBe(3n);
    expect(sumBefore(lines, 's:stock:2011-01-03T00:00:00.000000Z:0:0000')).toBe(12n);
  });
});
