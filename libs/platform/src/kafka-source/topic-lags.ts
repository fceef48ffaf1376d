import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { ExecutorRun } from '../change-source/executor-run.js';
import type { Lag } from '../change-source/lag.js';
import type { Executor } from '../reaction/executor.js';
import { capturedUpToNow } from './captured.js';
import { topicOf, type KafkaContext } from './kafka-context.js';
import { readPlaces, type TopicPlace } from './partitions.store.js';
import type { PartitionReach, TopicEnds } from './topic-ends.js';

const LOOK_AGAIN_MS = 100;
const ARRIVES_WITHIN_MS = 5_000;
/** Brokers that do not answer by then cannot be asked. */
const ANSWER_WITHIN_MS = 2_000;

/** The topics' ends, and the cluster that they were read from. */
interface Ends {
  readonly sourceId: string;
  readonly of: ReadonlyMap<string, readonly PartitionReach[]>;
}

/**
 * How far executors are behind, whichever process runs them: between what they have stored and the ends of their topics,
 * once the connector has passed on all that was committed before.
 */
export class TopicLags {
  constructor(
    private readonly context: KafkaContext,
    private readonly admin: Pick<Admin, 'describeCluster'>,
    private readonly topicEnds: TopicEnds,
    /** All executors of the installation that this program knows, also those that other processes run. */
    private readonly executors: readonly Executor[],
  ) {}

  /**
   * By executor; null events where the connector has not answered, or a topic could not be asked. Nothing is known of one that
   * follows another source.
   */
  async read(runs: ReadonlyMap<string, ExecutorRun>, nowMs: number): Promise<ReadonlyMap<string, Lag>> {
    const { executors } = this;
    const before = await this.places(executors);
    const ends = await this.endsNow(executors);
    const places = await this.places(executors);
    return new Map(
      executors.flatMap((executor) => {
        const own = placesOf(executor, places);
        if (own.length === 0) return [];
        const events = ends && this.behind(executor, ends, placesOf(executor, before), own);
        return [[executor.name, lagOf(events, own, runs.get(executor.name), nowMs)]];
      }),
    );
  }

  /** True when an executor has done, within a few seconds, all that was committed before the question. */
  async isCaughtUp(executor: Executor): Promise<boolean> {
    const before = await this.places([executor]);
    const ends = await this.endsNow([executor]);
    if (!ends) return false;
    const until = performance.now() + ARRIVES_WITHIN_MS;
    while (performance.now() < until) {
      const own = placesOf(executor, await this.places([executor]));
      if (this.behind(executor, ends, placesOf(executor, before), own) === 0) return true;
      await delay(LOOK_AGAIN_MS);
    }
    return false;
  }

  /** The ends of the topics, behind all that is committed now; null: not known. */
  private async endsNow(executors: readonly Executor[]): Promise<Ends | null> {
    if (!(await capturedUpToNow(this.context.db, this.context.settings.slot))) return null;
    const answer = this.ask(new Set(executors.map(({ contract }) => topicOf(this.context, contract))));
    const late = delay(ANSWER_WITHIN_MS, null, { ref: false });
    return Promise.race([answer.catch(() => null), late]);
  }

  private async ask(topics: ReadonlySet<string>): Promise<Ends> {
    const ends = [...topics].map(async (topic) => [topic, await this.topicEnds.of(topic).catch(() => [])] as const);
    const [{ clusterId: sourceId }, of] = await Promise.all([this.admin.describeCluster(), Promise.all(ends)]);
    return { sourceId, of: new Map(of) };
  }

  /**
   * Records between an executor's places and the ends, marks of transactions included. Null where the places are not of
   * this topic, as it is now: it was made again, has other partitions, is in another cluster, or gone; reading it will tell.
   */
  private behind(
    { contract }: Executor,
    { sourceId, of }: Ends,
    before: readonly TopicPlace[],
    places: readonly TopicPlace[],
  ): number | null {
    const ends = of.get(topicOf(this.context, contract)) ?? [];
    const passed = new Map(before.map(({ part, pos }) => [part, pos]));
    const at = new Map(places.map((place) => [place.part, place]));
    if (ends.length === 0 || at.size !== ends.length) return null;
    let records = 0n;
    for (const { part, end } of ends) {
      const place = at.get(part);
      // Those from before the ends were read: places move on meanwhile, and then lie behind them.
      if (place?.sourceId !== sourceId || (passed.get(part) ?? 0n) > end) return null;
      if (end > place.pos) records += end - place.pos;
    }
    return Number(records);
  }

  private places(executors: readonly Executor[]): Promise<TopicPlace[]> {
    const topics = [...new Set(executors.map(({ contract }) => topicOf(this.context, contract)))];
    return this.context.db.bookkeeping((tx) => readPlaces(tx, topics));
  }
}

function placesOf({ name }: Executor, places: readonly TopicPlace[]): TopicPlace[] {
  return places.filter((place) => place.executor === name);
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
