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
function partitionAt(position: Position) {
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
  const db = { bookkeeping: async () => undefined } as unknown as Database;
  return { partition: new Partition(db, lane as unknown as Lane), taken, lane };
}

/** What was fetched from an offset on; `last` counts marks of transactions, which are not among the messages. */
function batch(fetched: number, messages: readonly KafkaMessage[], last: number, end = last + 1): FetchedBatch {
  const [first] = messages;
  return {
    fetchedOffset: String(fetched),
    highWatermark: String(end),
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
    partition.reached(14n);
    await until('the place is behind them', () => lane.position.pos === 14n);
  });

  it.each([
    ['ends before its place', batch(9, [inserted(1)], 1)],
    ['has another record where the last one was', batch(9, [inserted(9, 'x'), inserted(10)].map(otherTransaction), 10)],
    ['has none there any more', batch(9, [inserted(11)], 11)],
  ])('is lost in a topic that %s', (_name, fetched) => {
    const { partition } = partitionAt({ pos: 10n, idx: 0, record: KNOWN });
    expect(() => partition.take(fetched)).toThrow('is not the one that our position 10 belongs to');
  });

  it('is lost when kafkajs has begun behind its place, since retention has removed what follows', () => {
    const { partition } = partitionAt({ pos: 10n, idx: 0, record: KNOWN });
    expect(() => partition.take(batch(12, [inserted(12)], 12))).toThrow('its retention has passed us');
  });

  it('is not lost when retention has removed no more than it has applied', () => {
    const { partition, taken } = partitionAt({ pos: 10n, idx: 0, record: KNOWN });
    partition.take(batch(10, [inserted(10)], 10));
    expect(taken).toEqual([[10, 11]]);
  });

  it('is looked at before it is read', () => {
    const at = (first: bigint, end: bigint) => () =>
      partitionAt({ pos: 10n, idx: 0, record: KNOWN }).partition.assertWithin({ part: 3, first, end });
    expect(at(10n, 10n)).not.toThrow();
    expect(at(11n, 20n)).toThrow('its retention has passed us');
    expect(at(0n, 9n)).toThrow('is not the one');
  });
});

function otherTransaction(message: KafkaMessage): KafkaMessage {
  return { ...message, value: Buffer.from(message.value!.toString().replace(/"txId":\d+/, '"txId":1')) };
}
