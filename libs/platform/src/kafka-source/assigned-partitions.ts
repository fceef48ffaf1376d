import type { Consumer, ConsumerEndBatchProcessEvent, EachBatchPayload } from 'kafkajs';
import type { Lane } from '../reaction/lane.js';
import { Backpressure } from './backpressure.js';
import type { Partition } from './partition.js';

/** What kafkajs tells of a batch; without messages for us it has no first offset only when it has nothing at all. */
export type PassedBatch = Pick<
  ConsumerEndBatchProcessEvent['payload'],
  'partition' | 'batchSize' | 'firstOffset' | 'lastOffset'
>;

/** The partitions that a member has at the moment: hands them what was fetched, and holds back those with too much. */
export class AssignedPartitions {
  private partitions: ReadonlyMap<number, Partition> = new Map();
  private readonly backpressure: Backpressure;

  constructor(
    private readonly consumer: Consumer,
    private readonly topic: string,
  ) {
    this.backpressure = new Backpressure(consumer, topic);
  }

  get lanes(): Lane[] {
    return [...this.partitions.values()].map(({ lane }) => lane);
  }

  /** Begins to read these, which were paused, from their places. */
  begin(partitions: ReadonlyMap<number, Partition>): void {
    const { consumer, topic } = this;
    this.partitions = partitions;
    for (const [partition, { from }] of partitions) consumer.seek({ topic, partition, offset: String(from) });
    consumer.resume([{ topic, partitions: [...partitions.keys()] }]);
  }

  /** Has none any more; what is fetched for them yet is ignored. */
  end(): void {
    for (const partition of this.partitions.values()) partition.close();
    this.partitions = new Map();
    this.backpressure.clear();
  }

  /** A batch was fetched. Throws what Partition.take does. */
  take({ batch, resolveOffset, isRunning, isStale }: EachBatchPayload): void {
    const partition = this.partitions.get(batch.partition);
    if (!partition || !isRunning() || isStale()) return;
    partition.take(batch);
    resolveOffset(batch.lastOffset());
    this.backpressure.filled(partition);
  }

  /**
   * kafkajs has passed a batch. One with messages was handed to `take`, or means nothing: it was fetched before the
   * partitions were shared out anew. Throws LostPlace.
   */
  passed({ partition, batchSize, firstOffset, lastOffset }: PassedBatch): void {
    if (batchSize > 0 || firstOffset === null) return;
    this.partitions.get(partition)?.passed(BigInt(firstOffset), BigInt(lastOffset) + 1n);
  }

  /** Some lane has applied something. */
  drained(): void {
    this.backpressure.drained();
  }

  /** Writes the places to the group, for people's tools; nothing is ever read from there. */
  show(): void {
    const { topic } = this;
    const offsets = this.lanes.map(({ id, position }) => ({ topic, partition: id.part, offset: String(position.pos) }));
    if (offsets.length > 0) void this.consumer.commitOffsets(offsets).catch(() => undefined);
  }
}
