import { beforeEach, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel, type Consumer } from 'kafkajs';
import { Backpressure } from './backpressure.js';
import type { Partition } from './partition.js';

const MIB = 1024 * 1024;

describe('a partition with too much in memory', () => {
  let said: string[];
  let lane: { bytes: number };
  let partition: Partition;
  const client = (resume: Consumer['resume']) => ({ pause: () => void said.push('pause'), resume });
  beforeEach(() => {
    said = [];
    lane = { bytes: 5 * MIB };
    partition = { part: 3, lane } as unknown as Partition;
  });

  it('is held back until most of it is gone', () => {
    const backpressure = new Backpressure(
      client(() => void said.push('resume')),
      'topic',
    );
    backpressure.filled(partition);
    lane.bytes = 2 * MIB;
    backpressure.drained();
    expect(said).toEqual(['pause']);
    lane.bytes = MIB;
    backpressure.drained();
    backpressure.drained();
    expect(said).toEqual(['pause', 'resume']);
  });

  it('goes on with what it has when its client has crashed, which then refuses', () => {
    const ended = new Kafka({ brokers: ['127.0.0.1:9'], logLevel: logLevel.NOTHING }).consumer({ groupId: 'spec' });
    const backpressure = new Backpressure(
      client((partitions) => ended.resume(partitions)),
      'topic',
    );
    backpressure.filled(partition);
    lane.bytes = 0;
    expect(() => ended.resume([])).toThrow();
    expect(() => backpressure.drained()).not.toThrow();
  });
});
