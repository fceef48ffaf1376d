import type { Admin } from 'kafkajs';

/** From where to where a partition reaches: the offset of its first record, and that of the next one to come. */
export interface PartitionReach {
  readonly part: number;
  readonly first: bigint;
  readonly end: bigint;
}

/** The partitions of a topic as they are now, by number. Throws when the topic does not exist. */
export async function reachOf(admin: Admin, topic: string): Promise<PartitionReach[]> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets
    .map(({ partition, low, high }) => ({ part: partition, first: BigInt(low), end: BigInt(high) }))
    .sort((a, b) => a.part - b.part);
}
