import type { Executor } from '../reaction/executor.js';
import { JointPace } from '../reaction/joint-pace.js';
import { Lane } from '../reaction/lane.js';
import type { LaneObserver } from '../reaction/lane-observer.js';
import { topicOf, type KafkaContext } from './kafka-context.js';
import { Partition } from './partition.js';
import { claimPartitions, type ClaimedPartition } from './partitions.store.js';
import { partitionsChanged } from './places.js';
import type { PartitionReach, TopicEnds } from './topic-ends.js';

/** Who takes partitions over, and who is told what their lanes do. */
interface Taker {
  readonly context: KafkaContext;
  readonly ends: TopicEnds;
  readonly executor: Executor;
  readonly observer: LaneObserver;
}

/**
 * Claims the partitions that Kafka has assigned, so that a former owner's next batch fails, and gives them with their
 * places. Throws LostPlace where a topic does not hold any more what follows a place.
 */
export async function takeOver(
  { context, ends, executor, observer }: Taker,
  parts: readonly number[],
): Promise<ReadonlyMap<number, Partition>> {
  const { db, settings } = context;
  const topic = topicOf(context, executor.contract);
  const claim = { executor: executor.name, topic, parts, owner: settings.owner };
  const claimed = await db.bookkeeping((tx) => claimPartitions(tx, claim));
  const reach = await ends.of(topic);
  refuseUnknown(topic, parts, claimed, reach);
  const pace = new JointPace(db, executor, (restedMs) => settings.batchWaitMs(executor, restedMs));
  const partitions = claimed.map(({ part, checkpoint }) => {
    const id = { executor: executor.name, stream: topic, part };
    return new Partition(db, new Lane(db, executor, id, checkpoint, observer, pace), observer);
  });
  for (const partition of partitions) partition.assertWithin(reach[partition.part]!);
  return new Map(partitions.map((partition) => [partition.part, partition]));
}

/** Who has no place in a partition knows nothing of the keys that moved there from others. */
function refuseUnknown(
  topic: string,
  parts: readonly number[],
  claimed: readonly ClaimedPartition[],
  reach: readonly PartitionReach[],
): void {
  const known = new Set(claimed.map(({ part }) => part));
  const unknown = parts.filter((part) => !known.has(part));
  if (unknown.length > 0) throw partitionsChanged(topic, `partitions ${unknown.join(', ')} are new`);
  const gone = parts.filter((part) => reach[part] === undefined);
  if (gone.length > 0) throw partitionsChanged(topic, `partitions ${gone.join(', ')} are gone`);
}
