import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { endInTime } from '../change-source/end-in-time.js';
import type { ExecutorRun } from '../change-source/executor-run.js';
import type { LaneObserver } from '../reaction/lane-observer.js';
import { StreamMetrics } from '../reaction/stream-metrics.js';
import { AssignedPartitions } from './assigned-partitions.js';
import { clientFailed } from './client-failure.js';
import { groupConsumer, HEARTBEAT_MS } from './group-consumer.js';
import { topicOf, type KafkaContext } from './kafka-context.js';
import { memberRefusalOf } from './refusal.js';
import { takeOver } from './take-over.js';
import type { TopicEnds } from './topic-ends.js';

/** kafkajs fetches all the time; where it has stopped without a word, so have we (reliability K8). */
const SILENT_MS = 60_000;
/** How often the places are written to the group. */
const SHOW_EVERY_MS = 5_000;
/** A client whose broker is gone may never finish taking leave. */
const LEAVE_MS = 5_000;

/** What a member works with. */
export interface MemberParts {
  readonly context: KafkaContext;
  readonly kafka: Kafka;
  readonly ends: TopicEnds;
  /** Kafka shares the partitions out: none is read until they are taken over. */
  sharedOut(): void;
  /** Partitions were taken over: what is parked behind them is ours to look after now. */
  taken(): void;
}

/**
 * An executor's member of its consumer group. Batches only fill the lanes' queues, so that kafkajs is never kept waiting
 * and goes on to tell that we live; a lane that has too much pauses its partition. Our own positions decide: each time
 * Kafka shares out the partitions, they are claimed and read from there, and what Kafka remembers is ignored.
 */
export class GroupMember {
  /** Ends when the member is to leave; rejects with what keeps it from reading. */
  readonly ended: Promise<void>;
  private finish: (error: Error | null) => void = () => undefined;
  private readonly consumer: Consumer;
  private readonly topic: string;
  private readonly group: string;
  private readonly partitions: AssignedPartitions;
  /** How often the partitions were shared out; nothing is taken over for an earlier time. */
  private generation = 0;
  /** For which time the lanes are; another one than the last while partitions are being taken over. */
  private begun = 0;
  private left = false;
  private reading = false;
  private joining: Promise<void> = Promise.resolve();
  private taking: Promise<void> = Promise.resolve();
  private fetchedMs = performance.now();
  private showing: NodeJS.Timeout | undefined;

  constructor(
    private readonly parts: MemberParts,
    private readonly run: ExecutorRun,
    private readonly observer: LaneObserver,
  ) {
    this.topic = topicOf(parts.context, run.executor.contract);
    this.ended = new Promise((resolve, reject) => {
      this.finish = (error) => (error ? reject(error) : resolve());
    });
    this.ended.catch(() => undefined);
    this.group = `${parts.context.settings.topicPrefix}.${run.executor.name}`;
    this.consumer = groupConsumer(parts.kafka, this.group);
    this.partitions = new AssignedPartitions(this.consumer, this.topic);
  }

  /** Joins the group; from now on Kafka hands it partitions. */
  join(): Promise<void> {
    if (!this.left) {
      this.joining = this.connect().catch((error: unknown) => {
        throw this.explained(error);
      });
    }
    return this.joining;
  }

  /** Kafka has given it its partitions, and they were taken over. */
  get isReading(): boolean {
    return this.reading;
  }

  /** It is to leave; in order when there is no error. */
  end(error: Error | null): void {
    this.finish(error);
  }

  /**
   * Another process has claimed a partition, most likely since Kafka has given it away, of which we hear soon, or have just
   * heard. Where we do not, the member begins anew.
   */
  lost(error: Error): void {
    const { generation } = this;
    if (this.begun !== generation) return;
    setTimeout(() => {
      if (generation === this.generation) this.finish(error);
    }, 3 * HEARTBEAT_MS).unref();
  }

  /** A lane has applied something: reads on where enough of its queue is gone. */
  drained(): void {
    this.partitions.drained();
  }

  /** Finishes the batches at hand, and gives the partitions back so that others need not wait for a silence. */
  async leave(): Promise<void> {
    this.left = true;
    this.reading = false;
    this.generation += 1;
    clearInterval(this.showing);
    await endInTime(
      this.taking.then(() => this.drop()),
      this.parts.context.log,
    );
    // kafkajs does not hear that it is to stop while it joins, and would go on for ever.
    const gone = this.joining.catch(() => undefined).then(() => this.consumer.disconnect());
    await Promise.race([gone.catch(() => undefined), delay(LEAVE_MS, undefined, { ref: false })]);
  }

  private async connect(): Promise<void> {
    const { consumer, topic } = this;
    const { GROUP_JOIN, CRASH, FETCH, END_BATCH_PROCESS } = consumer.events;
    consumer.on(GROUP_JOIN, ({ payload }) => this.assigned(numbers(payload.memberAssignment[topic])));
    consumer.on(CRASH, ({ payload }) => this.finish(this.explained(payload.error)));
    consumer.on(FETCH, () => void (this.fetchedMs = performance.now()));
    consumer.on(END_BATCH_PROCESS, ({ payload }) => this.orFinish(() => this.partitions.passed(payload)));
    this.showing = setInterval(() => this.look(), SHOW_EVERY_MS);
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: async (batch) => this.take(batch),
    });
  }

  /** Called before anything is fetched: all partitions wait until they are claimed, also those that we had before. */
  private assigned(parts: readonly number[]): void {
    this.generation += 1;
    this.reading = false;
    this.parts.sharedOut();
    const { generation, topic } = this;
    this.consumer.pause([{ topic, partitions: [...parts] }]);
    this.parts.context.metrics.rebalances.inc(StreamMetrics.labels(this.run.executor));
    this.taking = this.taking.then(() => this.takeOver(parts, generation)).catch((error: Error) => this.finish(error));
  }

  private async takeOver(parts: readonly number[], generation: number): Promise<void> {
    const { run, observer } = this;
    const { context, ends, taken } = this.parts;
    const isOld = () => this.left || generation !== this.generation;
    await this.drop();
    if (isOld()) return;
    const partitions = await takeOver({ context, ends, executor: run.executor, observer }, parts);
    if (isOld()) return;
    this.partitions.begin(partitions);
    this.begun = generation;
    run.lanes = this.partitions.lanes;
    this.reading = true;
    context.log.assigned(run.executor, parts);
    taken();
  }

  /** Finishes the batches at hand and has no partition any more. */
  private async drop(): Promise<void> {
    this.partitions.end();
    await this.run.stop();
    this.run.lanes = [];
  }

  private explained(error: unknown): Error {
    return memberRefusalOf(error, this.topic, this.group) as Error;
  }

  private take(payload: EachBatchPayload): void {
    this.run.expect();
    this.orFinish(() => this.partitions.take(payload));
  }

  private orFinish(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.finish(error as Error);
    }
  }

  private look(): void {
    if (performance.now() - this.fetchedMs > SILENT_MS)
      this.finish(clientFailed('it has fetched nothing for a minute'));
    else this.partitions.show();
  }
}

/** kafkajs sorts them as text. */
function numbers(partitions: readonly number[] = []): number[] {
  return [...partitions].sort((a, b) => a - b);
}
