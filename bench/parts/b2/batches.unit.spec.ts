import { describe, expect, it } from '@jest/globals';
import { inBatches, inStages } from './batches.js';

describe('batches', () => {
  it('are of one size, and the last is what is left', () => {
    expect(inBatches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  });
});

describe('stages', () => {
  it('take batches in order, each behind the stage before, which goes on meanwhile', async () => {
    const done: string[] = [];
    const stage = (name: string) => async (batch: number) => {
      done.push(`${name}${batch} begins`);
      await Promise.resolve();
      done.push(`${name}${batch} ends`);
    };
    await inStages([1, 2], [stage('a'), stage('b')]);
    const at = (what: string) => done.indexOf(what);
    expect(done).toHaveLength(8);
    expect(at('a1 ends')).toBeLessThan(at('a2 begins'));
    expect(at('a1 ends')).toBeLessThan(at('b1 begins'));
    expect(at('a2 begins')).toBeLessThan(at('b1 ends'));
    expect(at('b1 ends')).toBeLessThan(at('b2 begins'));
    expect(at('a2 ends')).toBeLessThan(at('b2 begins'));
  });

  it('end with the first error, and nothing follows it', async () => {
    const reached: number[] = [];
    const failing = (batch: number) => (batch === 2 ? Promise.reject(new Error('of batch 2')) : Promise.resolve());
    const last = (batch: number) => Promise.resolve(void reached.push(batch));
    await expect(inStages([1, 2, 3], [failing, last])).rejects.toThrow('of batch 2');
    expect(reached).toEqual([1]);
  });
});
