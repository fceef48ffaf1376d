import { describe, expect, it } from '@jest/globals';
import { Setbacks } from './setbacks.js';

const MINUTE_MS = 60_000;

describe('what keeps an executor from reading', () => {
  it('is borne five times in ten minutes, and then no more', () => {
    let nowMs = 0;
    const setbacks = new Setbacks(() => nowMs);
    for (let nth = 0; nth < 5; nth += 1) expect(setbacks.waitAfter(new Error('a defect'))).toEqual(expect.any(Number));
    expect(setbacks.waitAfter(new Error('a defect'))).toBeNull();
    nowMs = 11 * MINUTE_MS;
    expect(setbacks.waitAfter(new Error('a defect'))).toEqual(expect.any(Number));
  });

  it.each([
    ['a broker that cannot be reached', { name: 'KafkaJSConnectionError', retriable: true }],
    ['what kafkajs has tried often enough', { name: 'KafkaJSNumberOfRetriesExceeded', retriable: false }],
    ['what has such a cause', { name: 'KafkaJSNonRetriableError', cause: { retriable: true } }],
    ['a database that is away', { code: '57P01' }],
    ['another owner', { code: 'stale-owner' }],
  ])('is waited for, for ever, when it is %s', (_name, error) => {
    const setbacks = new Setbacks(() => 0);
    for (let nth = 0; nth < 20; nth += 1) expect(setbacks.waitAfter(error)).toEqual(expect.any(Number));
  });

  it('is never waited for long, since orders wait for what may be back already', () => {
    const setbacks = new Setbacks(() => 0);
    const waits = Array.from({ length: 60 }, () => setbacks.waitAfter({ retriable: true }) ?? Infinity);
    expect(Math.max(...waits)).toBeLessThanOrEqual(5_000);
  });
});
