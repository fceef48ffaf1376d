import { describe, expect, it } from '@jest/globals';
import type { Contract } from '../contract/contract.js';
import { LaneQueue, type StreamTransaction } from './lane-queue.js';
import { comparePositions, isApplied } from './position.js';

const contract = { name: 'spec', key: 'id' } as Contract;
const LANE = { executor: 'spec', stream: 'slot', part: 2 };

function transaction(commitLsn: bigint, endLsn: bigint | null): StreamTransaction {
  return { commitLsn, endLsn, committedAtMs: Number(commitLsn) };
}

function queueOf(...events: readonly [StreamTransaction, number][]): LaneQueue {
  const queue = new LaneQueue(contract, LANE);
  for (const [{ commitLsn }, index] of events) push(queue, transaction(commitLsn, null), index);
  return queue;
}

function push(queue: LaneQueue, of: StreamTransaction, index: number): void {
  const position = { commitLsn: of.commitLsn, index };
  queue.push({ op: 'c', key: `${index}`, before: null, after: {}, bytes: 10, position, envelopeJson: () => '{}' }, of);
}

describe('what a lane has received', () => {
  it('ends behind a transaction when nothing more of it can come', () => {
    const queue = new LaneQueue(contract, LANE);
    const whole = transaction(100n, 120n);
    push(queue, whole, 0);
    push(queue, whole, 2);
    push(queue, transaction(130n, null), 0);
    expect(queue.peek(2, 1000).to).toEqual({ pos: 120n, idx: 0 });
  });

  it('ends within a transaction whose commit has not been read, or of which more waits', () => {
    const queue = new LaneQueue(contract, LANE);
    const large = transaction(100n, 120n);
    push(queue, large, 0);
    push(queue, large, 2);
    push(queue, large, 4);
    expect(queue.peek(2, 1000).to).toEqual({ pos: 100n, idx: 3 });
    expect(queueOf([transaction(100n, null), 6]).peek(5, 1000).to).toEqual({ pos: 100n, idx: 7 });
  });

  it('gives at least one change, however large, and stops at the limit of bytes', () => {
    const queue = new LaneQueue(contract, LANE);
    for (let index = 0; index < 10; index += 1) push(queue, transaction(100n, 120n), index);
    expect(queue.peek(100, 1).changes).toHaveLength(1);
    expect(queue.peek(100, 25).changes).toHaveLength(3);
  });

  it('names an event without key by its place, so that no two of them share one', () => {
    const queue = new LaneQueue(contract, LANE);
    for (const [key, index] of [
      [null, 3],
      ['', 4],
      ['a', 5],
    ] as const) {
      const position = { commitLsn: 100n, index };
      const event = { op: 'd', key, before: {}, after: null, bytes: 10, position, envelopeJson: () => '{}' } as const;
      queue.push(event, transaction(100n, 120n));
    }
    const { changes } = queue.peek(3, 1000);
    expect(changes.map(({ key }) => key)).toEqual(['@slot/2/100:3', '@slot/2/100:4', 'a']);
  });

  it('forgets what a checkpoint says is applied, and counts its memory', () => {
    const queue = new LaneQueue(contract, LANE);
    const large = transaction(100n, 120n);
    for (const index of [0, 2, 4]) push(queue, large, index);
    push(queue, transaction(130n, 140n), 0);
    queue.dropApplied({ pos: 100n, idx: 3 });
    expect({ length: queue.length, bytes: queue.bytes, since: queue.waitingSinceMs }).toEqual({
      length: 2,
      bytes: 20,
      since: 100,
    });
    queue.dropApplied({ pos: 140n, idx: 0 });
    expect({ length: queue.length, bytes: queue.bytes, since: queue.waitingSinceMs }).toEqual({
      length: 0,
      bytes: 0,
      since: null,
    });
  });
});

describe('a place in the stream', () => {
  it('lies behind all changes of earlier transactions and before those of the next, which may begin there', () => {
    const place = { pos: 120n, idx: 0 };
    expect(isApplied(place, { commitLsn: 100n, index: 9 })).toBe(true);
    expect(isApplied(place, { commitLsn: 120n, index: 0 })).toBe(false);
  });

  it('lies within a transaction behind so many of its changes', () => {
    const place = { pos: 120n, idx: 4 };
    expect(isApplied(place, { commitLsn: 120n, index: 3 })).toBe(true);
    expect(isApplied(place, { commitLsn: 120n, index: 4 })).toBe(false);
  });

  it('only grows', () => {
    expect(comparePositions({ pos: 100n, idx: 5 }, { pos: 120n, idx: 0 })).toBeLessThan(0);
    expect(comparePositions({ pos: 100n, idx: 5 }, { pos: 100n, idx: 4 })).toBeGreaterThan(0);
    expect(comparePositions({ pos: 100n, idx: 5 }, { pos: 100n, idx: 5 })).toBe(0);
  });
});
