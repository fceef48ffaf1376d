import { randomUUID } from 'node:crypto';
import kafkajs, { Kafka, logLevel } from 'kafkajs';
import { createTopics } from '../create-topics.js';

/** A record as a spec writes it. */
export interface TestRecord {
  readonly key: string | null;
  readonly value: string | null;
  readonly partition?: number;
}

/** What specs do to topics behind the program's back. */
export interface TestBroker {
  /** The offsets of the next records to come, by partition. */
  ends(topic: string): Promise<number[]>;
  write(topic: string, records: readonly TestRecord[]): Promise<void>;
  /** All records that a topic holds now. */
  read(topic: string): Promise<TestRecord[]>;
  /** The partitions in which a group has a place. */
  committed(groupId: string, topic: string): Promise<number[]>;
  /** The topic is deleted and made again, empty. */
  recreate(topic: string): Promise<void>;
  /** Retention removes all that was written. */
  forgetAll(topic: string): Promise<void>;
  setPartitions(topic: string, count: number): Promise<void>;
  setConfig(topic: string, name: string, value: string): Promise<void>;
  /** What a topic was made with. */
  config(topic: string, name: string): Promise<string>;
  /** Hears all records of these topics, as a group of its own, until what it gives is called. */
  follow(topics: readonly string[], hear: (topic: string, record: TestRecord) => void): Promise<() => Promise<void>>;
  /** Has a group that nobody is a member of begin at the first records. */
  moveGroupToStart(group: string, topic: string): Promise<void>;
  forgetGroup(group: string): Promise<void>;
  close(): Promise<void>;
}

/** Connects to the brokers, `host:port` with commas between. */
export async function testBroker(brokers: string): Promise<TestBroker> {
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await Promise.all([admin.connect(), producer.connect()]);
  const type = kafkajs.ConfigResourceTypes.TOPIC;
  const offsets = async (topic: string) =>
    (await admin.fetchTopicOffsets(topic)).sort((a, b) => a.partition - b.partition);
  const ends = async (topic: string) => (await offsets(topic)).map(({ high }) => Number(high));
  const exists = async (topic: string) => (await admin.listTopics()).includes(topic);
  return {
    ends,
    write: async (topic, records) => void (await producer.send({ topic, messages: [...records] })),
    read: async (topic) => readAll(kafka, topic, await ends(topic)),
    committed: async (groupId, topic) => {
      const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
      const places = (found?.partitions ?? []).filter(({ offset }) => Number(offset) > 0);
      return places.map(({ partition }) => partition).sort((a, b) => a - b);
    },
    recreate: async (topic) => {
      const numPartitions = (await ends(topic)).length;
      await admin.deleteTopics({ topics: [topic] });
      while (await exists(topic)) await admin.fetchTopicMetadata();
      await createTopics(admin, [{ topic, numPartitions }]);
    },
    forgetAll: async (topic) => {
      const partitions = (await offsets(topic)).map(({ partition, high }) => ({ partition, offset: high }));
      await admin.deleteTopicRecords({ topic, partitions });
    },
    setPartitions: async (topic, count) => void (await admin.createPartitions({ topicPartitions: [{ topic, count }] })),
    setConfig: async (topic, name, value) => {
      await admin.alterConfigs({
        validateOnly: false,
        resources: [{ type, name: topic, configEntries: [{ name, value }] }],
      });
    },
    config: async (topic, name) => {
      const resources = [{ type, name: topic, configNames: [name] }];
      const described = await admin.describeConfigs({ includeSynonyms: false, resources });
      return described.resources[0]?.configEntries[0]?.configValue ?? '';
    },
    follow: async (topics, hear) => {
      const consumer = kafka.consumer({ groupId: `test.${randomUUID()}`, allowAutoTopicCreation: false });
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics], fromBeginning: true });
      const text = (bytes: Buffer | null) => bytes?.toString() ?? null;
      await consumer.run({
        eachMessage: async ({ topic, message: { key, value } }) => hear(topic, { key: text(key), value: text(value) }),
      });
      return () => consumer.disconnect();
    },
    moveGroupToStart: async (groupId, topic) => {
      const partitions = (await offsets(topic)).map(({ partition, low }) => ({ partition, offset: low }));
      await admin.setOffsets({ groupId, topic, partitions });
    },
    forgetGroup: async (group) => void (await admin.deleteGroups([group])),
    close: async () => void (await Promise.all([admin.disconnect(), producer.disconnect()])),
  };
}

/** Reads from the beginning until each partition's end was reached; marks of transactions are passed as records are. */
async function readAll(kafka: Kafka, topic: string, ends: readonly number[]): Promise<TestRecord[]> {
  const found: TestRecord[] = [];
  const missing = new Map([...ends.entries()].filter(([, end]) => end > 0));
  const consumer = kafka.consumer({ groupId: `read-${randomUUID()}`, maxWaitTimeInMs: 100 });
  const complete = new Promise<void>((resolve) => {
    if (missing.size === 0) resolve();
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
      if (Number(lastOffset) + 1 >= (missing.get(partition) ?? Infinity)) missing.delete(partition);
      if (missing.size === 0) resolve();
    });
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ partition, message: { key, value } }) => {
      found.push({ partition, key: key?.toString() ?? null, value: value?.toString() ?? null });
    },
  });
  await complete;
  await consumer.disconnect();
  return found;
}
