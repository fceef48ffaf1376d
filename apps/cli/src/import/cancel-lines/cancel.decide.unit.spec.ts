import { describe, expect, it } from '@jest/globals';
import { decideCancellation } from './cancel.decide.js';
import type { HeldOrder } from './held-order.js';

const line = { at: '2011-01-05T00:00:00.000000Z', sku: 'A' };

function order(orderId: string, day: string, a: bigint, orderIntentId = orderId): HeldOrder {
  return { orderId, orderIntentId, at: `2011-01-${day}T00:00:00.000000Z`, left: new Map([['A', a]]) };
}

const take = (orderId: string, quantity: bigint) => ({ orderId, sku: 'A', quantity });

describe('a cancellation line', () => {
  it('takes from the newest order first, and from several if needed', () => {
    const orders = [order('old', '01', 4n), order('new', '04', 3n), order('middle', '02', 2n)];
    expect(decideCancellation({ ...line, quantity: 6n }, orders, 0n)).toEqual([
      take('new', 3n),
      take('middle', 2n),
      take('old', 1n),
    ]);
  });

  it('is refused whole when the orders together have less', () => {
    expect(decideCancellation({ ...line, quantity: 8n }, [order('a', '01', 4n), order('b', '02', 3n)], 0n)).toBe(
      undefined,
    );
  });

  it('does not see orders that came later, and sees those of its own minute', () => {
    expect(decideCancellation({ ...line, quantity: 1n }, [order('later', '06', 4n)], 0n)).toBe(undefined);
    expect(decideCancellation({ ...line, quantity: 1n }, [order('same', '05', 4n)], 0n)).toEqual([take('same', 1n)]);
  });

  it('takes from the greater number of two orders of one minute', () => {
    const orders = [order('x', '05', 4n, '544429'), order('y', '05', 4n, '544430')];
    expect(decideCancellation({ ...line, quantity: 1n }, orders, 0n)).toEqual([take('y', 1n)]);
  });

  it('does not mistake one SKU, or one case of letters, for another', () => {
    const orders = [order('a', '01', 4n)];
    expect(decideCancellation({ ...line, sku: 'a', quantity: 1n }, orders, 0n)).toBe(undefined);
  });

  it('needs nothing more where an earlier import took it all, and the rest where that was cut', () => {
    expect(decideCancellation({ ...line, quantity: 3n }, [], 3n)).toEqual([]);
    expect(decideCancellation({ ...line, quantity: 3n }, [order('a', '01', 4n)], 2n)).toEqual([take('a', 1n)]);
  });
});
