import { tellReader } from '../change-source/control-channel.js';
import { ExecutorRun } from '../change-source/executor-run.js';
import { FailingSpell } from '../change-source/failing-spell.js';
import { LaneWatch } from '../change-source/lane-watch.js';
import { codeOf } from '../database/sqlstate.js';
import { moveConsumer, readConsumers, type Consumer, type Transition } from '../reaction/consumer.store.js';
import type { Executor } from '../reaction/executor.js';
import { Nap } from '../reaction/nap.js';
import { catchUpAlone } from './catch-up-alone.js';
import { GroupMember, type MemberParts } from './group-member.js';
import { LOST_PLACE, type LostPlace } from './lost-place.js';
import { assertPlaces } from './places.js';
import { Setbacks } from './setbacks.js';

/** How often one that may not run, or waits for another process's catch-up, looks without having been told. */
const LOOK_MS = 1_000;

/** What an executor's cycle works with. */
export interface CycleParts extends MemberParts {
  /** The Kafka cluster's own id. */
  readonly sourceId: string;
  parked(): void;
  /** It cannot go on, and trying again has not helped. */
  gaveUp(error: Error): void;
}

/**
 * One executor in this process, by what the installation has stored: it reads its partitions while it is running, catches
 * up when it has to and no other process does, and waits while it is held. Apart from the others: one that fails stops
 * nobody else.
 */
export class ExecutorCycle {
  private following: { readonly run: ExecutorRun; readonly member: GroupMember } | null = null;
  private readonly abort = new AbortController();
  private readonly nap = new Nap();
  private readonly failing = new FailingSpell();
  private readonly setbacks: Setbacks;
  private cycle: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: CycleParts,
    readonly executor: Executor,
  ) {
    this.setbacks = new Setbacks(() => parts.context.clock.nowMs());
  }

  /** The executor at work; null while it does not follow its topic. */
  get run(): ExecutorRun | null {
    return this.following?.member.hasJoined ? this.following.run : null;
  }

  /** Since when it has tried to read and failed, milliseconds since 1970; null while it does what it is to do. */
  get failingSinceMs(): number | null {
    return this.run ? null : this.failing.sinceMs;
  }

  start(): void {
    this.cycle = this.go();
  }

  /** Something was said about executors: looks whether this one still may do what it does. */
  async look(): Promise<void> {
    this.nap.wake();
    const { following } = this;
    if (following && !mayFollow(await this.stored())) following.member.end(null);
  }

  async stop(): Promise<void> {
    this.abort.abort();
    this.nap.wake();
    this.following?.member.end(null);
    await this.cycle;
  }

  private async go(): Promise<void> {
    while (!this.abort.signal.aborted) {
      try {
        await this.turn();
      } catch (error) {
        if (!this.abort.signal.aborted) await this.after(error as Error);
      }
    }
  }

  private async turn(): Promise<void> {
    const consumer = await this.stored();
    if (mayFollow(consumer)) return this.follow();
    this.failing.standsBy();
    if (!consumer || consumer.held || consumer.state === 'DISABLED') return this.nap.sleep(LOOK_MS);
    const taken = await catchUpAlone(this.parts, this.executor, this.abort.signal);
    return taken ? undefined : this.nap.sleep(LOOK_MS);
  }

  private async stored(): Promise<Consumer | undefined> {
    return (await this.parts.context.db.bookkeeping(readConsumers)).get(this.executor.name);
  }

  private async follow(): Promise<void> {
    const { context, admin, sourceId } = this.parts;
    const { executor } = this;
    await assertPlaces({ context, admin, sourceId }, executor);
    const run = new ExecutorRun(executor, () => context.clock.nowMs());
    const watch = new LaneWatch(context, executor, run.breaker, {
      drained: () => {
        run.progressed();
        member.drained();
      },
      halted: (reason) =>
        void this.move({ state: 'PAUSED', held: true, reason }).catch((error: Error) => member.end(error)),
      lost: (error) => member.lost(error),
      parked: () => this.parts.parked(),
    });
    const member = new GroupMember({ ...this.parts, taken: () => this.taken() }, run, watch);
    this.following = { run, member };
    try {
      if (this.abort.signal.aborted) return;
      await Promise.race([member.join(), member.ended]);
      await member.ended;
    } finally {
      this.following = null;
      await member.leave();
    }
  }

  private taken(): void {
    this.setbacks.forget();
    this.failing.reads(this.parts.context.clock.nowMs());
    this.parts.taken();
  }

  private async after(error: Error): Promise<void> {
    const { log } = this.parts.context;
    if (codeOf(error) === LOST_PLACE) {
      const { message, held, isFirst } = error as LostPlace;
      if (isFirst) log.placeless(this.executor, error);
      else log.lostPlace(this.executor, error);
      await this.move({ state: 'NEEDS_SNAPSHOT', held, reason: message }).catch((failure: unknown) =>
        log.failed('storing that an executor has lost its place failed; trying again', failure),
      );
      return;
    }
    this.failing.failed(this.parts.context.clock.nowMs());
    const waitMs = this.setbacks.waitAfter(error);
    if (waitMs === null) {
      this.abort.abort();
      return this.parts.gaveUp(error);
    }
    log.rejoining(this.executor, error, waitMs);
    await this.nap.sleep(waitMs);
  }

  /** Stores it for all processes, and tells them. */
  private async move(to: Transition): Promise<void> {
    const { db, settings } = this.parts.context;
    await db.bookkeeping(async (tx) => {
      const moved = await moveConsumer(tx, this.executor.name, to, ['RUNNING']);
      if (moved) await tellReader(tx, settings.slot, this.executor.name);
    });
  }
}

function mayFollow(consumer: Consumer | undefined): boolean {
  return consumer?.state === 'RUNNING' && !consumer.held;
}
