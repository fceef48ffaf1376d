import type { TestBroker, TestRecord } from '../../../libs/platform/src/kafka-source/testing/test-broker.js';

/** At most so many records of a topic at once. */
const MOST = 40;

/** A producer that writes records again which are in the topics already, with their keys, so that they stay in their partitions. */
export class Replayer {
  /** Records that were written again. */
  count = 0;

  private constructor(
    private readonly broker: TestBroker,
    private readonly seen: ReadonlyMap<string, TestRecord[]>,
    private readonly random: () => number,
    readonly close: () => Promise<void>,
  ) {}

  /** Begins to read these topics. */
  static async of(broker: TestBroker, topics: readonly string[], random: () => number): Promise<Replayer> {
    const seen = new Map(topics.map((topic): [string, TestRecord[]] => [topic, []]));
    const close = await broker.follow(topics, (topic, record) => void seen.get(topic)!.push(record));
    return new Replayer(broker, seen, random, close);
  }

  /** Writes a range of chance of each topic again, the topics in an order of chance. */
  async replay(): Promise<void> {
    const { seen, random } = this;
    const topics = [...seen.keys()].map((topic) => ({ topic, at: random() })).sort((a, b) => a.at - b.at);
    for (const { topic } of topics) {
      const records = seen.get(topic)!;
      const from = Math.floor(random() * records.length);
      const again = records.slice(from, from + Math.ceil(random() * MOST));
      if (again.length === 0) continue;
      await this.broker.write(topic, again);
      this.count += again.length;
    }
  }
}
