import type { Consumer } from 'kafkajs';
import type { Partition } from './partition.js';

/** Queued records of a partition that are too many for memory, and few enough to read on; bytes. */
const PAUSE_AT_BYTES = 4 * 1024 * 1024;
const RESUME_AT_BYTES = 1024 * 1024;

/** Holds partitions back whose lanes have too much; the others go on. */
export class Backpressure {
  private readonly held = new Set<Partition>();

  constructor(
    private readonly consumer: Pick<Consumer, 'pause' | 'resume'>,
    private readonly topic: string,
  ) {}

  /** Something was queued for a partition. */
  filled(partition: Partition): void {
    if (partition.lane.bytes <= PAUSE_AT_BYTES) return;
    this.held.add(partition);
    this.consumer.pause([{ topic: this.topic, partitions: [partition.part] }]);
  }

  /** Some lane has applied something. */
  drained(): void {
    for (const partition of this.held) {
      if (partition.lane.bytes > RESUME_AT_BYTES) continue;
      this.held.delete(partition);
      this.readOn(partition);
    }
  }

  private readOn({ part }: Partition): void {
    try {
      this.consumer.resume([{ topic: this.topic, partitions: [part] }]);
    } catch {
      // A client that has crashed refuses, long before it tells so: it has nothing to read on, and lanes go on meanwhile.
    }
  }

  /** The partitions are not ours any more. */
  clear(): void {
    this.held.clear();
  }
}
