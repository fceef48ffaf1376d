import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { atPace } from './at-pace.js';

const unheard: unknown[] = [];
const hear = (error: unknown) => void unheard.push(error);

beforeEach(() => void process.on('unhandledRejection', hear));
afterEach(() => void process.off('unhandledRejection', hear));

describe('work at a steady pace', () => {
  it('is all done', async () => {
    const done: number[] = [];
    await atPace(5, 1_000, async (nth) => void done.push(nth));
    expect(done).toEqual([0, 1, 2, 3, 4]);
  });

  it('tells the first failure once those under way have ended, begins no other, and leaves no failure unheard', async () => {
    const ended: number[] = [];
    let begun = 0;
    const work = async (nth: number) => {
      begun += 1;
      if (nth === 1) throw new Error('the connection was reset');
      await new Promise((resolve) => setTimeout(resolve, 20));
      ended.push(nth);
    };
    await expect(atPace(3_000, 1_000, work)).rejects.toThrow('the connection was reset');
    expect(begun).toBeLessThan(3_000);
    expect(ended).toHaveLength(begun - 1);
    expect(unheard).toEqual([]);
  });
});
