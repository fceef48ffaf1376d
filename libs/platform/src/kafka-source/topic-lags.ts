import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { ExecutorRun } from '../change-source/executor-run.js';
import type { Lag } from '../change-source/lag.js';
import type { Executor } from '../reaction/executor.js';
import { capturedUpToNow } from './captured.js';
import { topicOf, type KafkaContext } from './kafka-context.js';
import { readPlaces, type TopicPlace } from './partitions.store.js';
import { reachOf, type PartitionReach } from './topic-ends.js';

const LOOK_AGAIN_MS = 100;
const ARRIVES_WITHIN_MS = 5_000;

/**
 * How far executors are behind, whichever process runs them: between what they have stored and the ends of their topics,
 * once the connector has passed on all that was committed before.
 */
export class TopicLags {
  constructor(
    private readonly context: KafkaContext,
    private readonly admin: Admin,
    /** All executors of the installation that this program knows, also those that other processes run. */
    private readonly executors: readonly Executor[],
  ) {}

  /**
   * By executor; null events where the connector has not answered, or a topic could not be asked. Nothing is known of one that
   * follows another source.
   */
  async read(runs: ReadonlyMap<string, ExecutorRun>, nowMs: number): Promise<ReadonlyMap<string, Lag>> {
    const ends = await this.endsNow(this.executors);
    const places = await this.places(this.executors);
    return new Map(
      this.executors.flatMap((executor) => {
        const own = places.filter((place) => place.executor === executor.name);
        if (own.length === 0) return [];
        const events = ends && behind(own, ends.get(topicOf(this.context, executor.contract)) ?? []);
        return [[executor.name, lagOf(events, own, runs.get(executor.name), nowMs)]];
      }),
    );
  }

  /** True when an executor has done, within a few seconds, all that was committed before the question. */
  async isCaughtUp(executor: Executor): Promise<boolean> {
    const ends = (await this.endsNow([executor]))?.get(topicOf(this.context, executor.contract));
    if (!ends) return false;
    const until = performance.now() + ARRIVES_WITHIN_MS;
    while (performance.now() < until) {
      const own = (await this.places([executor])).filter((place) => place.executor === executor.name);
      if (behind(own, ends) === 0) return true;
      await delay(LOOK_AGAIN_MS);
    }
    return false;
  }

  /** The ends of the topics, behind all that is committed now; null: not known. */
  private async endsNow(executors: readonly Executor[]): Promise<ReadonlyMap<string, PartitionReach[]> | null> {
    const topics = [...new Set(executors.map(({ contract }) => topicOf(this.context, contract)))];
    if (!(await capturedUpToNow(this.context.db, this.context.settings.slot))) return null;
    const ends = topics.map(async (topic) => [topic, await reachOf(this.admin, topic)] as const);
    return Promise.all(ends).then(
      (found) => new Map(found),
      () => null,
    );
  }

  private places(executors: readonly Executor[]): Promise<TopicPlace[]> {
    const topics = [...new Set(executors.map(({ contract }) => topicOf(this.context, contract)))];
    return this.context.db.bookkeeping((tx) => readPlaces(tx, topics));
  }
}

/** Records between the places and the ends, marks of transactions included; null: a partition without a place. */
function behind(places: readonly TopicPlace[], ends: readonly PartitionReach[]): number | null {
  const at = new Map(places.map(({ part, pos }) => [part, pos]));
  let records = 0n;
  for (const { part, end } of ends) {
    const pos = at.get(part);
    if (pos === undefined) return null;
    if (end > pos) records += end - pos;
  }
  return Number(records);
}

function lagOf(events: number | null, places: readonly TopicPlace[], run: ExecutorRun | undefined, nowMs: number): Lag {
  const waiting = (run?.lanes ?? []).map((lane) => lane.waitingSinceMs).filter((ms) => ms !== null);
  const movedAtMs = Math.max(0, ...places.map((place) => place.movedAtMs));
  return {
    events,
    seconds: events === 0 ? 0 : waiting.length > 0 ? Math.max(0, nowMs - Math.min(...waiting)) / 1000 : null,
    secondsSinceProgress: events === 0 ? 0 : Math.max(0, nowMs - movedAtMs) / 1000,
  };
}
