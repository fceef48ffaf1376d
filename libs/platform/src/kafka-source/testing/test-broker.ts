import kafkajs, { Kafka, logLevel } from 'kafkajs';

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
  /** The topic is deleted and made again, empty. */
  recreate(topic: string): Promise<void>;
  /** Retention removes all that was written. */
  forgetAll(topic: string): Promise<void>;
  setPartitions(topic: string, count: number): Promise<void>;
  setConfig(topic: string, name: string, value: string): Promise<void>;
  /** What a topic was made with. */
  config(topic: string, name: string): Promise<string>;
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
    recreate: async (topic) => {
      const numPartitions = (await ends(topic)).length;
      await admin.deleteTopics({ topics: [topic] });
      while (await exists(topic)) await admin.fetchTopicMetadata();
      await admin.createTopics({ topics: [{ topic, numPartitions }] });
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
    close: async () => void (await Promise.all([admin.disconnect(), producer.disconnect()])),
  };
}
