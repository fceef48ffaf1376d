import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from '../database/sqlstate.js';
import type { SourceContext } from '../change-source/source-context.js';
import { exportSnapshot } from '../change-stream/replication/create-slot.js';
import { Backoff } from '../reaction/backoff.js';
import { STALE_OWNER } from '../reaction/checkpoint.store.js';
import type { Consumer } from '../reaction/consumer.store.js';
import type { Executor } from '../reaction/executor.js';
import type { Changeover } from './changeover.js';
import { claimKeys, type Onboarding } from './onboarding.store.js';
import { copyKeys, forgetKeys } from './snapshot-keys.store.js';
import { workThroughKeys } from './work-through-keys.js';

/** How long those that have caught up wait for the others before the stream is restarted for them; milliseconds. */
const TOGETHER_MS = 1_000;
/** How long a stop waits for a step that cannot be cut short; what it writes later is refused by the fence. */
const STOP_MS = 5_000;

const CATCHING_UP = new Set(['NEEDS_SNAPSHOT', 'ONBOARDING', 'SNAPSHOTTING']);

/**
 * Brings executors that start for the first time, or again, up to the stream without a gap and without a double effect
 * (reliability 3.6): hold the stream, copy the keys inside an exported snapshot, end the snapshot, work the keys through
 * oldest first, then follow the stream from where it was held. Every step can be repeated after a kill, and is refused to
 * a process that another one has replaced.
 */
export class CatchUp {
  private working: Promise<void> = Promise.resolve();
  private restartTimer: NodeJS.Timeout | undefined;
  private readonly abort = new AbortController();

  constructor(
    private readonly context: SourceContext,
    private readonly changeover: Changeover,
    private readonly restartStream: () => void,
  ) {}

  /** Ends when nothing is left to do: all have caught up, are held, or were taken over by another process. */
  get done(): Promise<void> {
    return this.working;
  }

  start(consumers: ReadonlyMap<string, Consumer>): void {
    const waiting = this.context.executors.filter((executor) => {
      const consumer = consumers.get(executor.name);
      return consumer && !consumer.held && CATCHING_UP.has(consumer.state);
    });
    if (waiting.length > 0) this.working = this.untilDone(waiting);
  }

  async stop(): Promise<void> {
    this.abort.abort();
    clearTimeout(this.restartTimer);
    const given = new AbortController();
    await Promise.race([this.working, delay(STOP_MS, undefined, { signal: given.signal }).catch(() => undefined)]);
    given.abort();
  }

  private async untilDone(executors: readonly Executor[]): Promise<void> {
    const { signal } = this.abort;
    const backoff = new Backoff();
    this.context.log.catchingUp(executors.map((executor) => executor.name));
    while (!signal.aborted) {
      try {
        return await this.round(executors);
      } catch (error) {
        if (signal.aborted) return;
        this.context.log.failed('catching up from the tables failed; trying again', error);
        if (codeOf(error) === STALE_OWNER) return this.restartStream();
        await delay(backoff.next(), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async round(executors: readonly Executor[]): Promise<void> {
    const { db, settings } = this.context;
    const all = await db.bookkeeping((tx) => claimKeys(tx, executors, settings.owner, this.changeover.sourceId));
    const uncopied = all.filter(({ state }) => state !== 'SNAPSHOTTING');
    if (uncopied.length > 0) await this.copyAllKeys(uncopied);
    const results = await Promise.allSettled(all.map((onboarding) => this.workThrough(onboarding)));
    const failed = results.find((result) => result.status === 'rejected');
    const someDone = results.some((result) => result.status === 'fulfilled' && result.value);
    if (someDone || this.restartTimer) this.restartStream();
    else if (failed) throw failed.reason;
  }

  /** The stream first: from now on it keeps what the snapshot may not show. */
  private async copyAllKeys(uncopied: readonly Onboarding[]): Promise<void> {
    const { db, settings } = this.context;
    const begin = await this.changeover.hold(uncopied);
    const snapshot = await exportSnapshot(
      settings.replicationUrl,
      `${settings.slot.slice(0, 40)}_keys_${randomUUID().slice(0, 8)}`,
    );
    try {
      for (const each of uncopied) await copyKeys(db, each, snapshot.name);
    } finally {
      await snapshot.release();
    }
    await db.bookkeeping(async (tx) => {
      for (const each of uncopied) await begin(tx, each, snapshot.consistentPoint);
    });
  }

  private async workThrough(onboarding: Onboarding): Promise<boolean> {
    const { db, log } = this.context;
    if (!(await workThroughKeys(this.context, onboarding, this.abort.signal))) return false;
    const keys = await db.bookkeeping(async (tx) => {
      await this.changeover.follow(tx, onboarding);
      return forgetKeys(tx, onboarding.executor);
    });
    log.caughtUp(onboarding.executor.name, keys);
    if (!this.abort.signal.aborted) this.restartTimer ??= setTimeout(this.restartStream, TOGETHER_MS);
    return true;
  }
}
