import { describe, expect, it } from '@jest/globals';
import { SharedReads } from './shared-reads.js';

/** Reads that end when they are told to; `begun` says how many there were. */
function readsByHand() {
  const ends: { resolve(value: number): void; reject(error: Error): void }[] = [];
  return {
    work: () => new Promise<number>((resolve, reject) => void ends.push({ resolve, reject })),
    end: (nth: number) => ends[nth]!.resolve(nth),
    fail: (nth: number) => ends[nth]!.reject(new Error(`read ${nth}`)),
    get begun() {
      return ends.length;
    },
  };
}
/** Lets all that is decided be carried out. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a read that many ask for', () => {
  it('is shared by all who ask while another one runs, and begins when that has ended', async () => {
    const [shared, reads] = [new SharedReads(), readsByHand()];
    const first = shared.read(['board'], reads.work);
    const [second, third] = [shared.read(['board'], reads.work), shared.read(['board'], reads.work)];
    expect(reads.begun).toBe(1);
    reads.end(0);
    await settled();
    expect(reads.begun).toBe(2);
    reads.end(1);
    expect(await Promise.all([first, second, third])).toEqual([0, 1, 1]);
  });

  it('is never one that had begun before it was asked for', async () => {
    const [shared, reads] = [new SharedReads(), readsByHand()];
    void shared.read(['board'], reads.work);
    void shared.read(['board'], reads.work);
    reads.end(0);
    await settled();
    const late = shared.read(['board'], reads.work);
    reads.end(1);
    await settled();
    reads.end(2);
    expect(await late).toBe(2);
  });

  it('is not shared with those who ask for something else', () => {
    const [shared, reads] = [new SharedReads(), readsByHand()];
    void shared.read([null, { limit: 50 }], reads.work);
    void shared.read(['a tenant', { limit: 50 }], reads.work);
    void shared.read([null, { limit: 51 }], reads.work);
    expect(reads.begun).toBe(3);
  });

  it('fails for those who shared it and for nobody else', async () => {
    const [shared, reads] = [new SharedReads(), readsByHand()];
    const asked = Promise.allSettled([1, 2, 3].map(() => shared.read([], reads.work)));
    reads.fail(0);
    await settled();
    const late = shared.read([], reads.work);
    reads.fail(1);
    await settled();
    reads.end(2);
    const outcomes = [...(await asked), ...(await Promise.allSettled([late]))];
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled']);
  });

  it('begins at once when none is under way any more', async () => {
    const [shared, reads] = [new SharedReads(), readsByHand()];
    const first = shared.read([], reads.work);
    reads.end(0);
    await first;
    await settled();
    void shared.read([], reads.work);
    expect(reads.begun).toBe(2);
  });
});
