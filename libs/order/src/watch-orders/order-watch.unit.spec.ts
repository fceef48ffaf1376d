import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { orderHints } from '../contract/order-hints.js';
import { OrderWatch } from './order-watch.js';

const looks: (readonly string[])[] = [];
const facts = new Map<string, number>();
const leaves: (() => void)[] = [];
let watch: OrderWatch<number>;

function watched(orderId: string, watcher: (found: number) => void = () => undefined): () => void {
  const leave = watch.watch(orderId, watcher);
  leaves.push(leave);
  return leave;
}

beforeEach(() => {
  jest.useFakeTimers();
  looks.length = 0;
  facts.clear();
  watch = new OrderWatch(async (orderIds) => {
    looks.push(orderIds);
    if (facts.has('broken')) throw new Error('away');
    return new Map([...facts].filter(([orderId]) => orderIds.includes(orderId)));
  }, 100);
});
afterEach(() => {
  for (const leave of leaves.splice(0)) leave();
  jest.useRealTimers();
});

describe('a watch over orders', () => {
  it('looks at all watched orders at once, every interval, and tells what it finds', async () => {
    const told: string[] = [];
    watched('a', (found) => told.push(`a${found}`));
    watched('b', (found) => told.push(`b${found}`));
    facts.set('a', 1);
    await jest.advanceTimersByTimeAsync(100);
    facts.set('b', 2);
    await jest.advanceTimersByTimeAsync(100);
    expect(looks).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(told).toEqual(['a1', 'a1', 'b2']);
  });

  it('looks at once where there is a hint, at that order only, and not at orders that nobody watches', async () => {
    const told: number[] = [];
    watched('a', (found) => told.push(found));
    watched('b', (found) => told.push(found));
    facts.set('a', 1);
    orderHints.touched(['a', 'z']);
    orderHints.touched(['z']);
    await jest.advanceTimersByTimeAsync(0);
    expect(looks).toEqual([['a']]);
    expect(told).toEqual([1]);
  });

  it('makes up for a look that failed', async () => {
    const told: number[] = [];
    watched('a', (found) => told.push(found));
    facts.set('a', 1).set('broken', 1);
    await jest.advanceTimersByTimeAsync(100);
    facts.delete('broken');
    await jest.advanceTimersByTimeAsync(100);
    expect(told).toEqual([1]);
  });

  it('rests while nobody watches', async () => {
    const leave = watched('a');
    const leaveToo = watched('a');
    leave();
    leave();
    await jest.advanceTimersByTimeAsync(100);
    leaveToo();
    orderHints.touched(['a']);
    await jest.advanceTimersByTimeAsync(1000);
    expect(looks).toEqual([['a']]);
    expect(watch.size).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
  });
});
