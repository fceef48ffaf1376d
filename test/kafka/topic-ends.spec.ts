import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testTopics, type TestTopics } from '../../libs/platform/src/kafka-source/testing/test-topics.js';
import { flowStack } from '../support/flow-connector.js';

describe('the ends of topics', () => {
  const names = [`ends-${randomUUID()}`, `ends-${randomUUID()}`] as const;
  const [kept, removed] = names;
  let topics: TestTopics;
  beforeAll(async () => {
    topics = await testTopics(flowStack()!.brokers, names);
  });
  afterAll(async () => {
    await topics.remove(kept);
    await topics.close();
  });

  it('are known also when another topic that was asked for is gone', async () => {
    const empty = [0, 1].map((part) => ({ part, first: 0n, end: 0n }));
    expect(await Promise.all(names.map((name) => topics.ends.of(name)))).toEqual([empty, empty]);
    await topics.remove(removed);
    await expect(topics.ends.of(removed)).rejects.toThrow('does not host this topic-partition');
    expect(await topics.ends.of(kept)).toEqual(empty);
  });
});
