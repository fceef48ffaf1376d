import { describe, expect, it } from '@jest/globals';
import { BatchSize } from './batch-size.js';

describe('the size of a batch', () => {
  it('is halved by a slow batch or a conflict, and doubled by one that was full and fast', () => {
    const size = new BatchSize();
    size.took(10, 200);
    expect(size.current).toBe(400);
    size.took(10, 399);
    expect(size.current).toBe(400);
    size.took(300, 400);
    size.shrink();
    expect(size.current).toBe(100);
  });

  it('is never nothing', () => {
    const size = new BatchSize();
    for (let nth = 0; nth < 20; nth += 1) size.shrink();
    expect(size.current).toBe(1);
  });

  it('has more time for less when the server has ended it for its length, until one has ended well', () => {
    const size = new BatchSize();
    size.ended();
    size.ended();
    expect([size.current, size.limitMs]).toEqual([50, 80_000]);
    size.took(10, 50);
    expect(size.limitMs).toBe(20_000);
  });
});
