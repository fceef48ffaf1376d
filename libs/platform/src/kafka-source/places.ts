import type { Executor } from '../reaction/executor.js';
import { topicOf, type KafkaContext } from './kafka-context.js';
import { LostPlace } from './lost-place.js';
import { readPlaces } from './partitions.store.js';
import type { TopicEnds } from './topic-ends.js';

/** Where places are looked up. */
interface PlacesAt {
  readonly context: KafkaContext;
  readonly ends: TopicEnds;
  readonly sourceId: string;
}

/**
 * Throws LostPlace unless an executor has a place in each partition of its topic, and no others. It has none where the
 * installation has come from the embedded source, or the topics have another prefix or are in another cluster now.
 */
export async function assertPlaces({ context, ends, sourceId }: PlacesAt, executor: Executor): Promise<void> {
  const topic = topicOf(context, executor.contract);
  const all = await context.db.bookkeeping((tx) => readPlaces(tx, [topic]));
  const places = all.filter((place) => place.executor === executor.name);
  if (places.length === 0) throw new LostPlace(`it has no position in ${topic}`, false, true);
  if (places.some((place) => place.sourceId !== sourceId)) {
    throw new LostPlace(`its positions in ${topic} belong to another Kafka cluster than ${sourceId}`);
  }
  const partitions = (await ends.of(topic)).length;
  if (partitions !== places.length) throw partitionsChanged(topic, `${places.length} before, ${partitions} now`);
}

/** The topic has other partitions than our positions know: keys have moved, and what follows in one may precede in another. */
export function partitionsChanged(topic: string, what: string): LostPlace {
  return new LostPlace(
    `the number of partitions of ${topic} was changed (${what}), so keys have moved: stop what writes until the topic ` +
      'is read to its end, and resume this executor, which then reads the tables and follows all partitions',
    true,
  );
}
