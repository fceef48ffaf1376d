import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import type { Admin } from 'kafkajs';
import type { ChangeSource } from '../change-source/change-source.js';
import { listenForControl, type ControlListener } from '../change-source/control-channel.js';
import { endInTime } from '../change-source/end-in-time.js';
import type { ExecutorRun } from '../change-source/executor-run.js';
import type { Lag } from '../change-source/lag.js';
import { FailingSpell } from '../change-source/failing-spell.js';
import { Sweep } from '../change-source/sweep.js';
import type { Contract } from '../contract/contract.js';
import { Backoff } from '../reaction/backoff.js';
import { Redrive } from '../reaction/redrive.js';
import { ExecutorCycle } from './executor-cycle.js';
import { kafkaClient } from './kafka-client.js';
import { topicOf, type KafkaContext } from './kafka-context.js';
import { withAdvice } from './refusal.js';
import { TopicEnds } from './topic-ends.js';
import { ensureTopics, UNFIT_TOPICS } from './topics.js';
import { TopicLags } from './topic-lags.js';

/** What the source works with besides its context. */
export interface KafkaSourceParts {
  /** All executors of enabled modules, also those that other processes run. */
  readonly executors: KafkaContext['executors'];
  /** All contracts of the program: their topics exist before anything is written or read. */
  readonly contracts: readonly Contract[];
  /** An executor cannot go on and trying again has not helped: the process is to end, and say why. */
  gaveUp(error: Error): void;
}

/**
 * Reads the changes that Debezium writes to Kafka, as a transport of NestJS: each executor is a consumer group of its own,
 * so several processes share its partitions, and a process runs any subset of executors (architecture 4).
 */
export class KafkaSource extends Server implements CustomTransportStrategy, ChangeSource {
  readonly readsSlot = false;
  private readonly admin: Admin;
  private readonly ends: TopicEnds;
  private readonly topicLags: TopicLags;
  private readonly redrive: Redrive;
  private readonly sweep: Sweep;
  private readonly abort = new AbortController();
  private readonly failing = new FailingSpell();
  private readonly kafka;
  private cycles: readonly ExecutorCycle[] = [];
  private control: ControlListener | null = null;
  private starting: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: KafkaContext,
    private readonly parts: KafkaSourceParts,
  ) {
    super();
    this.kafka = kafkaClient(context);
    this.admin = this.kafka.admin();
    this.ends = new TopicEnds(this.kafka);
    this.topicLags = new TopicLags(context, this.admin, this.ends, parts.executors);
    this.redrive = new Redrive(context, () => [...this.runs.values()].map((run) => run.executor));
    this.sweep = new Sweep(
      context,
      () => this.runs,
      ({ executor }) => this.topicLags.isCaughtUp(executor),
    );
  }

  get runsExecutors(): boolean {
    return this.context.executors.length > 0;
  }

  get reading(): boolean {
    return this.runs.size > 0;
  }

  /** Since the executor that has failed for longest does, or the brokers cannot be reached. */
  get failingSinceMs(): number | null {
    const since = [this.failing.sinceMs, ...this.cycles.map((cycle) => cycle.failingSinceMs)].filter(
      (ms) => ms !== null,
    );
    return since.length > 0 ? Math.min(...since) : null;
  }

  get runs(): ReadonlyMap<string, ExecutorRun> {
    const running = this.cycles.flatMap(({ run }) => run ?? []);
    return new Map(running.map((run) => [run.executor.name, run]));
  }

  async lags(nowMs: number): Promise<ReadonlyMap<string, Lag>> {
    return this.topicLags.read(this.runs, nowMs);
  }

  /** Nest's word for start: begins to read, or to try to; brokers that are not there yet are waited for. */
  listen(callback: () => void): void {
    this.starting = this.begin();
    callback();
  }

  async stop(): Promise<void> {
    this.abort.abort();
    await this.starting;
    await this.control?.close();
    const chores = Promise.all([this.redrive.stop(), this.sweep.stop()]);
    await Promise.all([endInTime(chores, this.context.log), ...this.cycles.map((cycle) => cycle.stop())]);
    await endInTime(Promise.all([this.admin.disconnect().catch(() => undefined), this.ends.close()]), this.context.log);
  }

  /** Nest's word for stop. */
  close(): Promise<void> {
    return this.stop();
  }

  /** Nobody subscribes to a source's events: reactions hear changes. */
  on(): void {
    throw new Error('the change stream has no events of its own: put @OnChange on a reaction');
  }

  unwrap<T>(): T {
    return this.kafka as T;
  }

  private async begin(): Promise<void> {
    const sourceId = await this.reach();
    if (sourceId === null) return;
    const { context, kafka, ends } = this;
    const { replicationUrl: url, slot } = context.settings;
    const poke = () => this.redrive.poke();
    const parts = { context, kafka, ends, sourceId, taken: poke, parked: poke, gaveUp: this.parts.gaveUp };
    this.cycles = context.executors.map((executor) => new ExecutorCycle(parts, executor));
    this.control = listenForControl(url, slot, () => {
      for (const cycle of this.cycles) void cycle.look();
    });
    for (const cycle of this.cycles) cycle.start();
    this.sweep.start();
  }

  /** Waits for the brokers, and makes the topics; gives the cluster's id. Null: stopped, or given up. */
  private async reach(): Promise<string | null> {
    const { signal } = this.abort;
    const backoff = new Backoff();
    const stopped = once(signal, 'abort').then(() => null);
    while (!signal.aborted) {
      try {
        const clusterId = await Promise.race([this.connect(), stopped]);
        this.failing.standsBy();
        return clusterId;
      } catch (error) {
        if (UNFIT_TOPICS.includes((error as { code?: string }).code ?? '')) {
          this.parts.gaveUp(error as Error);
          return null;
        }
        this.failing.failed(this.context.clock.nowMs());
        const waitMs = backoff.next();
        this.context.log.unreachable('Kafka', withAdvice(error), waitMs);
        await delay(waitMs, undefined, { signal }).catch(() => undefined);
      }
    }
    return null;
  }

  private async connect(): Promise<string> {
    await this.admin.connect();
    const topics = this.parts.contracts.map((contract) => topicOf(this.context, contract));
    await ensureTopics(this.context, this.admin, topics);
    return (await this.admin.describeCluster()).clusterId;
  }
}
