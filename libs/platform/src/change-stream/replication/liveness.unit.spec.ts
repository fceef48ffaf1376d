import { describe, expect, it } from '@jest/globals';
import { Liveness } from './liveness.js';

describe('the liveness of a server', () => {
  it('is asked for after a silent tick, and given up after the limit', () => {
    let now = 0;
    const liveness = new Liveness(30, () => now);
    expect(liveness.tick(false)).toBe(false);
    expect(liveness.tick(false)).toBe(true);
    liveness.heard();
    expect(liveness.tick(false)).toBe(false);
    now = 31;
    expect(() => liveness.tick(false)).toThrow(expect.objectContaining({ code: 'ETIMEDOUT' }));
  });

  it('is not doubted while this side does not read', () => {
    let now = 0;
    const liveness = new Liveness(30, () => now);
    now = 100;
    expect(liveness.tick(true)).toBe(false);
    expect(() => liveness.tick(false)).not.toThrow();
  });

  it('ends when the server asks again and again without getting on: it waits for us in order to stop', () => {
    const liveness = new Liveness(30, () => 0);
    for (let ping = 0; ping < 9; ping += 1) liveness.pinged(7n);
    expect(() => liveness.pinged(7n)).toThrow(expect.objectContaining({ code: '57P01' }));
  });

  it('goes on when requests are rare, or the WAL grows between them', () => {
    let now = 0;
    const liveness = new Liveness(30, () => now);
    for (let ping = 0; ping < 50; ping += 1) {
      now += 500;
      liveness.pinged(7n);
    }
    for (let ping = 0; ping < 50; ping += 1) liveness.pinged(BigInt(ping + 8));
  });
});
