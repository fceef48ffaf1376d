import { describe, expect, it } from '@jest/globals';
import type { KafkaMessage } from 'kafkajs';
import { until } from '../../../../test/support/until.js';
import type { Contract } from '../contract/contract.js';
import type { Database } from '../database/database.js';
import type { Lane } from '../reaction/lane.js';
import type { StreamEvent, StreamTransaction } from '../reaction/lane-queue.js';
import type { Position } from '../reaction/position.js';
import { Partition, type FetchedBatch } from './partition.js';
import { inserted, record } from './testing/records.js';

const KNOWN = { offset: 9n, txId: 709, lsn: 1009n };
const CONTRACT = { name: 'spec', key: 'id' } as Contract;

/** A partition whose lane stands at a place, and what it was handed. */
function partitionAt(position: Position, bookkeeping: () => Promise<void> = async () => undefined) {
  const taken: [offset: number, behind: number][] = [];
  const lane = {
    id: { executor: 'spec', stream: 'topic', part: 3 },
    executor: { contract: CONTRACT },
    position,
    epoch: 1,
    accept: (event: StreamEvent, transaction: StreamTransaction) =>
      taken.push([Number(event.position.commitLsn), Number(transaction.endLsn)]),
    moveWhileIdle: async (move: () => Promise<Position>) => void Object.assign(lane, { position: await move() }),
  };
  const lost: unknown[] = [];
  const observer = { lost: (error: unknown) => void lost.push(error), retried: () => undefined };
  return {
    partition: new Partition({ bookkeeping } as unknown as Database, lane as unknown as Lane, observer),
    taken,
    lane,
    lost,
  };
}

/** What was fetched from an offset on; `last` counts marks of transactions, which are not among the messages. */
function batch(fetched: number, messages: readonly KafkaMessage[], last: number): FetchedBatch {
  const [first] = messages;
  return {
    fetchedOffset: String(fetched),
    messages,
    firstOffset: () => first?.offset ?? null,
    lastOffset: () => String(last),
  } as unknown as FetchedBatch;
}

describe('a partition', () => {
  it('hands over what follows its place, each record up to the next, the last one up to the end of the batch', () => {
    const { partition, taken } = partitionAt({ pos: 10n, idx: 0 });
    expect(partition.from).toBe(10n);
    partition.take(batch(10, [inserted(11), inserted(14)], 16));
    expect(taken).toEqual([
      [11, 14],
      [14, 17],
    ]);
  });

  it('begins with the last record that was applied, and does not apply it again', () => {
    const { partition, taken } = partitionAt({ pos: 10n, idx: 0, record: KNOWN });
    expect(partition.from).toBe(9n);
    partition.take(batch(9, [inserted(9), inserted(10)], 10));
    expect(taken).toEqual([[10, 11]]);
  });

  it('moves its place over records that mean nothing, once nothing else is to be done', async () => {
    const { partition, lane } = partitionAt({ pos: 10n, idx: 0 });
    partition.take(batch(10, [record(10, null, null)], 11));
    partition.passed(12n, 14n);
    await until('the place is behind them', () => lane.position.pos === 14n);
  });

  it.each([
    ['has another record where the last one was', batch(9, [inserted(9, 'x'), inserted(10)].map(otherTransaction), 10)],
    ['has none there any more', batch(9, [inserted(11)], 11)],
  ])('is lost in a topic that %s', (_name, fetched) => {
    const { partition } = partitionAt({ pos: 10n, idx: 0, record: KNOWN });
    expect(() => partition.take(fetched)).toThrow('is not the one that our position 10 belongs to');
  });

  it('is lost in a topic that has nothing for anybody where the last one was', () => {
    const { partition } = partitionAt({ pos: 10n, idx: 0, record: KNOWN });
    expect(() => partition.passed(9n, 12n)).toThrow('is not the one that our position 10 belongs to');
  });

  it.each([
    ['behind its place, as when retention has removed what follows', 12],
    ['before it, as when the topic was made again', 0],
  ])('wants another client when kafkajs has begun %s', (_name, offset) => {
    const { partition, taken } = partitionAt({ pos: 10n, idx: 0 });
    expect(() => partition.take(batch(offset, [inserted(offset)], offset))).toThrow('where 10 was to come');
    expect(taken).toEqual([]);
  });

  it('stays where it is when something that was fetched earlier is passed', async () => {
    const { partition, taken, lane } = partitionAt({ pos: 10n, idx: 0 });
    partition.passed(20n, 25n);
    partition.take(batch(10, [inserted(10)], 10));
    expect(taken).toEqual([[10, 11]]);
    expect(lane.position.pos).toBe(10n);
  });

  it('tells that it is lost to another process also when nothing but its place was to be moved', async () => {
    const stale = Object.assign(new Error('owned by another'), { code: 'stale-owner' });
    const { partition, lost } = partitionAt({ pos: 10n, idx: 0 }, () => Promise.reject(stale));
    partition.passed(10n, 14n);
    await until('it is told', () => lost.length > 0);
    expect(lost).toEqual([stale]);
  });

  it('is looked at before it is read', () => {
    const at = (first: bigint, end: bigint) => () =>
      partitionAt({ pos: 10n, idx: 0, record: KNOWN }).partition.assertWithin({ part: 3, first, end });
    expect(at(10n, 10n)).not.toThrow();
    expect(at(11n, 20n)).toThrow('its retention has passed us');
    expect(at(0n, 9n)).toThrow('is not the one');
    const { partition, taken } = partitionAt({ pos: 10n, idx: 0, record: KNOWN });
    partition.assertWithin({ part: 3, first: 10n, end: 11n });
    expect(partition.from).toBe(10n);
    partition.take(batch(10, [inserted(10)], 10));
    expect(taken).toEqual([[10, 11]]);
  });
});

function otherTransaction(message: KafkaMessage): KafkaMessage {
  return { ...message, value: Buffer.from(message.value!.toString().replace(/"txId":\d+/, '"txId":1')) };
}
