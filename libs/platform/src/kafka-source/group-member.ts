import type { EachBatchPayload, Kafka } from 'kafkajs';
import { endInTime } from '../change-source/end-in-time.js';
import type { ExecutorRun } from '../change-source/executor-run.js';
import type { LaneObserver } from '../reaction/lane-observer.js';
import { StreamMetrics } from '../reaction/stream-metrics.js';
import { AssignedPartitions } from './assigned-partitions.js';
import { GroupClient } from './group-client.js';
import { HEARTBEAT_MS } from './group-consumer.js';
import { topicOf, type KafkaContext } from './kafka-context.js';
import { takeOver } from './take-over.js';
import type { TopicEnds } from './topic-ends.js';

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
  private readonly topic: string;
  private readonly client: GroupClient;
  private readonly partitions: AssignedPartitions;
  /** How often the partitions were shared out; nothing is taken over for an earlier time. */
  private generation = 0;
  /** For which time the lanes are; another one than the last while partitions are being taken over. */
  private begun = 0;
  private left = false;
  private reading = false;
  private taking: Promise<void> = Promise.resolve();

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
    const group = `${parts.context.settings.topicPrefix}.${run.executor.name}`;
    this.client = new GroupClient(parts.kafka, this.topic, group, {
      assigned: (partitions) => this.assigned(partitions),
      take: (batch) => this.take(batch),
      passed: (batch) => this.orFinish(() => this.partitions.passed(batch)),
      fetches: () => this.partitions.show(),
      failed: (error) => this.finish(error),
    });
    this.partitions = new AssignedPartitions(this.client.consumer, this.topic);
  }

  /** Joins the group; from now on Kafka hands it partitions. */
  async join(): Promise<void> {
    if (!this.left) await this.client.join();
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
    await endInTime(
      this.taking.then(() => this.drop()),
      this.parts.context.log,
    );
    await this.client.leave();
  }

  /** Called before anything is fetched: all partitions wait until they are claimed, also those that we had before. */
  private assigned(parts: readonly number[]): void {
    this.generation += 1;
    this.reading = false;
    this.parts.sharedOut();
    const { generation, topic } = this;
    this.client.consumer.pause([{ topic, partitions: [...parts] }]);
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
}
