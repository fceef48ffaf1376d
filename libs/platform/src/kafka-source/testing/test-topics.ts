import { Kafka, logLevel } from 'kafkajs';
import { createTopics } from '../create-topics.js';
import { TopicEnds } from '../topic-ends.js';

/** Topics of a spec's own, and their ends as the source asks for them. */
export interface TestTopics {
  readonly ends: TopicEnds;
  remove(topic: string): Promise<void>;
  close(): Promise<void>;
}

/** Makes topics of two partitions on the brokers, `host:port` with commas between. */
export async function testTopics(brokers: string, topics: readonly string[]): Promise<TestTopics> {
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING, retry: { retries: 5 } });
  const ends = new TopicEnds(kafka);
  const admin = kafka.admin();
  await admin.connect();
  await createTopics(
    admin,
    topics.map((topic) => ({ topic, numPartitions: 2 })),
  );
  return {
    ends,
    remove: (topic) => admin.deleteTopics({ topics: [topic] }),
    close: async () => void (await Promise.all([ends.close(), admin.disconnect()])),
  };
}
