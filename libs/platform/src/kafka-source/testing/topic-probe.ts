import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, type Admin, type Consumer, type KafkaMessage, type Producer } from 'kafkajs';
import { until } from '../../../../../test/support/until.js';
import { createTopics } from '../../kafka-source/create-topics.js';
import { topicSettings } from '../../change-stream/connector/topic-settings.js';

/** A record of Kafka, and where it lay. */
export interface PlacedRecord extends Pick<KafkaMessage, 'key' | 'value' | 'headers' | 'offset' | 'timestamp'> {
  readonly topic: string;
  readonly partition: number;
}

/** Topics to read; they are made, each with so many partitions. */
export interface ProbedTopics {
  readonly topics: readonly string[];
  readonly partitions: number;
}

/** A program refuses narrower topics than it makes. */
const AS_WIDE_AS_OURS = [{ name: 'max.message.bytes', value: String(topicSettings({}).maxRecordBytes) }];
const PATIENCE_MS = 60_000;
/** Names the records that the probe writes itself: behind them nothing is left of a step. */
const END = 'end-of-step';

/** Reads what connectors write to topics, step by step, each step to its very last record. */
export class TopicProbe {
  private records: PlacedRecord[] = [];
  private ends = new Set<string>();

  private constructor(
    private readonly consumer: Consumer,
    private readonly producer: Producer,
    private readonly admin: Admin,
    private readonly probed: ProbedTopics,
  ) {}

  static async open(brokers: string, probed: ProbedTopics): Promise<TopicProbe> {
    const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    const consumer = kafka.consumer({ groupId: `probe-${randomUUID()}`, maxWaitTimeInMs: 100 });
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    await Promise.all([admin.connect(), consumer.connect(), producer.connect()]);
    const asked = { numPartitions: probed.partitions, configEntries: AS_WIDE_AS_OURS };
    await createTopics(
      admin,
      probed.topics.map((topic) => ({ topic, ...asked })),
    );
    const probe = new TopicProbe(consumer, producer, admin, probed);
    await consumer.subscribe({ topics: [...probed.topics], fromBeginning: true });
    await consumer.run({ autoCommit: false, eachMessage: async (delivered) => probe.take(delivered) });
    return probe;
  }

  /** Waits until so many records that fit have come since the last step ended. */
  async untilSeen(what: string, fits: (record: PlacedRecord) => boolean, count = 1): Promise<void> {
    await until(what, () => this.records.filter(fits).length >= count, PATIENCE_MS);
  }

  /**
   * The records of a step, in each partition in order. The step ends with a message in PostgreSQL's log whose prefix is `mark`:
   * once each of these connectors has passed it on, everything before it is in Kafka for good.
   */
  async recordsBefore(mark: string, connectors: readonly string[]): Promise<PlacedRecord[]> {
    const isMark = ({ key }: PlacedRecord) => key?.includes(mark) === true;
    for (const connector of connectors)
      await this.untilSeen(
        `${connector} has passed on ${mark}`,
        (record) => record.topic === `${connector}.message` && isMark(record),
      );
    await this.endStep();
    const records = this.records.filter((record) => !isMark(record));
    this.records = [];
    return records;
  }

  /** Removes the topics, too: a small broker does not bear all that tests make. Nobody may write any more. */
  async close(): Promise<void> {
    await Promise.all([this.consumer.disconnect(), this.producer.disconnect()]);
    await this.admin.deleteTopics({ topics: [...this.probed.topics] });
    await this.admin.disconnect();
  }

  /** A record at the end of every partition, and all of them read. */
  private async endStep(): Promise<void> {
    const { topics, partitions } = this.probed;
    const all = Array.from({ length: partitions }, (_, partition) => partition);
    this.ends = new Set(topics.flatMap((topic) => all.map((partition) => `${topic}/${partition}`)));
    const messages = all.map((partition) => ({ partition, value: null, headers: { [END]: 'true' } }));
    await this.producer.sendBatch({ topicMessages: topics.map((topic) => ({ topic, messages: [...messages] })) });
    await until('every partition is read to its end', () => this.ends.size === 0, PATIENCE_MS);
  }

  private take({ topic, partition, message }: { topic: string; partition: number; message: KafkaMessage }): void {
    if (message.headers?.[END]) this.ends.delete(`${topic}/${partition}`);
    else this.records.push({ topic, partition, ...message });
  }
}
