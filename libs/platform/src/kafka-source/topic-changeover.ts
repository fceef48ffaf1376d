import type { BeginWorking, Changeover } from '../catch-up/changeover.js';
import { beginCopying, beginFollowing, beginWorking, type Onboarding } from '../catch-up/onboarding.store.js';
import type { ModuleTx } from '../database/module-tx.js';
import { dropOtherStreams } from '../reaction/checkpoint.store.js';
import { topicOf, type KafkaContext } from './kafka-context.js';
import { placeAtEnds } from './partitions.store.js';
import type { TopicEnds } from './topic-ends.js';

/**
 * Changes over to the topics: the ends of all partitions are read before the snapshot is made. What was committed before
 * the snapshot is in it, and what was committed later is published later, so at or behind these ends; what is both comes
 * twice (reliability 3.6).
 */
export class TopicChangeover implements Changeover {
  constructor(
    private readonly context: KafkaContext,
    private readonly topicEnds: TopicEnds,
    /** The Kafka cluster's own id. */
    readonly sourceId: string,
  ) {}

  async hold(uncopied: readonly Onboarding[]): Promise<BeginWorking> {
    await this.context.db.bookkeeping(async (tx) => {
      for (const each of uncopied) await beginCopying(tx, each);
    });
    const topics = new Set(uncopied.map(({ executor }) => topicOf(this.context, executor.contract)));
    const ends = new Map(
      await Promise.all([...topics].map(async (topic) => [topic, await this.topicEnds.of(topic)] as const)),
    );
    return async (tx, onboarding) => {
      const { executor } = onboarding;
      const topic = topicOf(this.context, executor.contract);
      await beginWorking(tx, onboarding);
      await placeAtEnds(tx, executor, topic, this.sourceId, ends.get(topic) ?? []);
    };
  }

  async follow(tx: ModuleTx, onboarding: Onboarding): Promise<void> {
    const { executor } = onboarding;
    await beginFollowing(tx, onboarding);
    await dropOtherStreams(tx, executor.name, topicOf(this.context, executor.contract));
  }
}
