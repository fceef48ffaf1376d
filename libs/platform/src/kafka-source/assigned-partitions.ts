import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { Lane } from '../reaction/lane.js';
import { Backpressure } from './backpressure.js';
import type { Partition } from './partition.js';

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

  /** A batch was fetched. Throws LostPlace when it does not follow what was there. */
  take({ batch, resolveOffset, isRunning, isStale }: EachBatchPayload): void {
    const partition = this.partitions.get(batch.partition);
    if (!partition || !isRunning() || isStale()) return;
    partition.take(batch);
    resolveOffset(batch.lastOffset());
    this.backpressure.filled(partition);
  }

  /** kafkajs has passed a batch, also one in which there was nothing for us. Throws LostPlace. */
  passed(part: number, lastOffset: string): void {
    this.partitions.get(part)?.reached(BigInt(lastOffset) + 1n);
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
