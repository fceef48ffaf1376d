import { beforeEach, describe, expect, it } from '@jest/globals';
import { BatchSize } from './batch-size.js';
import { Backoff } from './backoff.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { nextRetryAt } from './parking.store.js';

describe('the circuit breaker', () => {
  let nowMs = 0;
  let breaker: CircuitBreaker;
  beforeEach(() => {
    nowMs = 1_000_000;
    breaker = new CircuitBreaker(() => nowMs);
  });

  it('lets 50 keys be parked within a minute, and refuses one more', () => {
    breaker.parked(0, 49);
    expect(() => breaker.permit(0, 1)).not.toThrow();
    expect(() => breaker.permit(0, 2)).toThrow(expect.objectContaining({ code: 'breaker-tripped' }));
  });

  it('forgets after a minute', () => {
    breaker.parked(0, 30);
    breaker.permit(1, 20);
    nowMs += 60_001;
    expect(() => breaker.permit(0, 50)).not.toThrow();
  });

  it('counts what other lanes mean to park, until they have', () => {
    breaker.permit(0, 26);
    breaker.permit(1, 24);
    expect(() => breaker.permit(2, 1)).toThrow('51 keys failed');
    breaker.parked(1, 0);
    expect(() => breaker.permit(2, 24)).not.toThrow();
  });

  it('refuses more than one key in twenty, once there are enough to tell', () => {
    breaker.worked(300);
    expect(() => breaker.permit(0, 30)).not.toThrow();
    breaker.worked(100);
    expect(() => breaker.permit(0, 20)).not.toThrow();
    expect(() => breaker.permit(0, 21)).toThrow('not their fault');
  });
});

describe('the size of a batch', () => {
  it('is halved when one was slow, doubled when it was full and fast, and stays within its bounds', () => {
    const size = new BatchSize();
    size.took(300, 200);
    expect(size.current).toBe(100);
    size.took(10, 50);
    expect(size.current).toBe(100);
    for (let nth = 0; nth < 10; nth += 1) size.took(10, size.current);
    expect(size.current).toBe(5000);
    for (let nth = 0; nth < 20; nth += 1) size.shrink();
    expect(size.current).toBe(1);
  });
});

describe('waits', () => {
  it('between tries of a batch grow to 30 s, each a random share of its bound', () => {
    const backoff = new Backoff(() => 0.5);
    const waits = Array.from({ length: 12 }, () => backoff.next());
    expect([waits[0], waits[1], waits[11]]).toEqual([25, 50, 15_000]);
    backoff.reset();
    expect(backoff.next()).toBe(25);
  });

  it('between tries of a parked key end after the eighth: a person is needed', () => {
    const waits = Array.from({ length: 8 }, (_, attempts) => nextRetryAt(attempts, 0));
    expect(waits.map((at) => at && Date.parse(at) / 1000)).toEqual([1, 5, 30, 180, 900, 3600, 3600, null]);
  });
});
