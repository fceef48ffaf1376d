import type { Admin, Kafka } from 'kafkajs';
import { refusalOf } from './refusal.js';

/** From where to where a partition reaches: the offset of its first record, and that of the next one to come. */
export interface PartitionReach {
  readonly part: number;
  readonly first: bigint;
  readonly end: bigint;
}

/**
 * Asks for the ends of topics, by a client for each: kafkajs always looks up all topics that a client was ever asked for,
 * so that one which is missing, or is just being made, would fail the questions for all others.
 */
export class TopicEnds {
  private readonly clients = new Map<string, Promise<Admin>>();

  constructor(private readonly kafka: Pick<Kafka, 'admin'>) {}

  /** The partitions of a topic as they are now, by number. Throws when it does not exist, or may not be looked at. */
  async of(topic: string): Promise<PartitionReach[]> {
    const client = await this.clientFor(topic);
    const offsets = await client.fetchTopicOffsets(topic).catch((error: unknown) => {
      throw refusalOf(error, `Describe on the topic ${topic}`);
    });
    return offsets
      .map(({ partition, low, high }) => ({ part: partition, first: BigInt(low), end: BigInt(high) }))
      .sort((a, b) => a.part - b.part);
  }

  async close(): Promise<void> {
    const clients = [...this.clients.values()];
    await Promise.all(clients.map((client) => client.then((each) => each.disconnect()).catch(() => undefined)));
  }

  private clientFor(topic: string): Promise<Admin> {
    const known = this.clients.get(topic);
    if (known) return known;
    const client = this.kafka.admin();
    const connected = client.connect().then(() => client);
    this.clients.set(topic, connected);
    connected.catch(() => this.clients.delete(topic));
    return connected;
  }
}
