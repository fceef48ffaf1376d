import type { ExecutorRun } from '../change-source/executor-run.js';
import { FailingSpell } from '../change-source/failing-spell.js';
import { codeOf } from '../database/sqlstate.js';
import type { Executor } from '../reaction/executor.js';
import { Nap } from '../reaction/nap.js';
import { catchUpAlone } from './catch-up-alone.js';
import { Following, type FollowingParts } from './following.js';
import { LOST_PLACE, type LostPlace } from './lost-place.js';
import { withAdvice } from './refusal.js';
import { Setbacks } from './setbacks.js';
import { StoredTask, type Task } from './stored-task.js';

/** How often one that may not run, or waits for another process's catch-up, looks without having been told. */
const LOOK_MS = 1_000;

/** What an executor's cycle works with. */
export interface CycleParts extends Omit<FollowingParts, 'halted' | 'sharedOut'> {
  /** It cannot go on, and trying again has not helped. */
  gaveUp(error: Error): void;
}

/** What it does, as far as it can be told to end. */
interface Doing {
  readonly task: Task;
  end(error: Error | null): void;
}

/**
 * One executor in this process, by what the installation has stored: it reads its partitions while it is running, catches
 * up when it has to and no other process does, and waits while it is held. Apart from the others: one that fails stops
 * nobody else.
 */
export class ExecutorCycle {
  private doing: Doing | null = null;
  private following: Following | null = null;
  private readonly abort = new AbortController();
  private readonly nap = new Nap();
  private readonly failing = new FailingSpell();
  private readonly setbacks: Setbacks;
  private readonly stored: StoredTask;
  private cycle: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: CycleParts,
    readonly executor: Executor,
  ) {
    this.setbacks = new Setbacks(() => this.nowMs());
    this.stored = new StoredTask(parts.context, executor);
  }

  /** The executor at work; null while it does not read its topic. */
  get run(): ExecutorRun | null {
    return this.following?.isReading ? this.following.run : null;
  }

  /** Since when it was to read and did not, milliseconds since 1970; null while it does what it is to do. */
  get failingSinceMs(): number | null {
    return this.run ? null : this.failing.sinceMs;
  }

  start(): void {
    this.cycle = this.go();
  }

  /** Something was said about executors: ends what this one does unless it is still to do that. */
  async look(): Promise<void> {
    this.nap.wake();
    const { doing } = this;
    if (!doing) return;
    try {
      if ((await this.stored.read()) !== doing.task) doing.end(null);
    } catch (error) {
      doing.end(error as Error);
    }
  }

  async stop(): Promise<void> {
    this.abort.abort();
    this.nap.wake();
    this.doing?.end(null);
    await this.cycle;
  }

  private async go(): Promise<void> {
    while (!this.abort.signal.aborted) {
      try {
        await this.turn();
      } catch (error) {
        if (!this.abort.signal.aborted) await this.after(withAdvice(error) as Error);
      }
    }
  }

  private async turn(): Promise<void> {
    const task = await this.stored.read();
    if (task === 'follow') return this.follow();
    this.failing.standsBy();
    const caughtUp = task === 'catch up' && (await this.catchUp());
    return caughtUp ? undefined : this.nap.sleep(LOOK_MS);
  }

  private async follow(): Promise<void> {
    const sharedOut = () => this.failing.failed(this.nowMs());
    const halted = (reason: string) => void this.halt(following, reason);
    const taken = () => this.taken();
    const following: Following = new Following({ ...this.parts, sharedOut, taken, halted }, this.executor);
    sharedOut();
    this.following = following;
    const end = (error: Error | null) => following.end(error);
    await this.during({ task: 'follow', end }, () => following.untilEnded()).finally(() => (this.following = null));
  }

  /** False: another process does it. */
  private async catchUp(): Promise<boolean> {
    const own = new AbortController();
    const signal = AbortSignal.any([this.abort.signal, own.signal]);
    const doing: Doing = { task: 'catch up', end: () => own.abort() };
    return (await this.during(doing, () => catchUpAlone(this.parts, this.executor, signal))) ?? true;
  }

  /** What was said before there was something to end is read from what is stored. */
  private async during<T>(doing: Doing, work: () => Promise<T>): Promise<T | undefined> {
    this.doing = doing;
    try {
      if ((await this.stored.read()) !== doing.task || this.abort.signal.aborted) return undefined;
      return await work();
    } finally {
      this.doing = null;
    }
  }

  private taken(): void {
    this.setbacks.forget();
    this.failing.reads(this.nowMs());
    this.parts.taken();
  }

  /** Whoever resumes it finds all lanes at rest; what this process followed ends even where it is resumed at once. */
  private async halt(following: Following, reason: string): Promise<void> {
    try {
      await following.run.stop();
      await this.stored.stopRunning({ state: 'PAUSED', held: true, reason });
      following.end(null);
    } catch (error) {
      following.end(error as Error);
    }
  }

  private async after(error: Error): Promise<void> {
    const { log } = this.parts.context;
    if (codeOf(error) === LOST_PLACE) return this.leavePlace(error as LostPlace);
    this.failing.failed(this.nowMs());
    const waitMs = this.setbacks.waitAfter(error);
    if (waitMs === null) {
      this.abort.abort();
      return this.parts.gaveUp(error);
    }
    log.rejoining(this.executor, error, waitMs);
    await this.nap.sleep(waitMs);
  }

  /** Storing it may fail: then the place is found to be lost again. */
  private async leavePlace(error: LostPlace): Promise<void> {
    const { log } = this.parts.context;
    if (error.isFirst) log.placeless(this.executor, error);
    else log.lostPlace(this.executor, error);
    const { message: reason, held } = error;
    await this.stored
      .stopRunning({ state: 'NEEDS_SNAPSHOT', held, reason })
      .catch((failure: unknown) => log.failed('storing that an executor has lost its place failed', failure));
  }

  private nowMs(): number {
    return this.parts.context.clock.nowMs();
  }
}
