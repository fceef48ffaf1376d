import type { Database } from '../database/database.js';
import { codeOf, TRANSACTION_TIMEOUT } from '../database/sqlstate.js';
import type { Attempt } from './attempt.js';
import { Backoff } from './backoff.js';
import { BatchSize } from './batch-size.js';
import { readCheckpoint, type Checkpoint } from './checkpoint.store.js';
import type { Executor, LaneId } from './executor.js';
import type { LaneObserver } from './lane-observer.js';
import type { LanePace } from './lane-pace.js';
import { LaneQueue, type StreamEvent, type StreamTransaction } from './lane-queue.js';
import { Nap } from './nap.js';
import { comparePositions, isApplied, type Position } from './position.js';

const MAX_BYTES = 2 * 1024 * 1024;

/** One ordered share of an executor's work: a queue, a checkpoint, and the loop that applies batch after batch. */
export class Lane {
  private readonly queue: LaneQueue;
  private readonly size = new BatchSize();
  private readonly backoff = new Backoff();
  private readonly nap = new Nap();
  private running: Promise<void> | null = null;
  private stopped = false;
  private discarded = false;

  constructor(
    private readonly db: Database,
    readonly executor: Executor,
    readonly id: LaneId,
    private checkpoint: Checkpoint,
    private readonly observer: LaneObserver,
    private readonly pace: LanePace,
  ) {
    this.queue = new LaneQueue(executor.contract, id);
  }

  /** What is durable. */
  get position(): Position {
    return this.checkpoint;
  }

  get epoch(): number {
    return this.checkpoint.epoch;
  }

  get waiting(): number {
    return this.queue.length;
  }

  get bytes(): number {
    return this.queue.bytes;
  }

  get waitingSinceMs(): number | null {
    return this.queue.waitingSinceMs;
  }

  /** The place in the stream of the oldest change that it still has to apply; null: none that was received. */
  get needsFrom(): bigint | null {
    return this.queue.firstLsn ?? (this.discarded ? this.checkpoint.pos : null);
  }

  /** Something received was dropped unapplied: it comes again in a later reign, and until then holds the slot. */
  get incomplete(): boolean {
    return this.discarded;
  }

  /** Nothing received is left to apply, so the lane may move along with the stream. */
  get idle(): boolean {
    return this.queue.length === 0 && this.running === null && !this.discarded;
  }

  /** Takes an event of the stream, unless it is applied already. */
  accept(event: StreamEvent, transaction: StreamTransaction): void {
    if (this.stopped) {
      this.discarded = true;
      return;
    }
    if (isApplied(this.checkpoint, event.position)) return this.observer.skipped(this.executor);
    this.queue.push(event, transaction);
    this.running ??= this.work();
  }

  /** Keeps the lane from starting a batch while its checkpoint is moved from outside; only for an idle lane. */
  async moveWhileIdle(move: () => Promise<Position | null>): Promise<void> {
    if (!this.idle) return;
    this.running = move()
      .then((to) => {
        if (to && comparePositions(to, this.checkpoint) > 0) this.checkpoint = { ...to, epoch: this.checkpoint.epoch };
      })
      .finally(() => {
        this.running = this.queue.length > 0 && !this.stopped ? this.work() : null;
      });
    await this.running;
  }

  /** Finishes the batch at hand and forgets the rest; what was not applied comes again. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.nap.wake();
    this.pace.hurry();
    await this.running?.catch(() => undefined);
    this.discarded ||= this.queue.length > 0;
    this.queue.clear();
  }

  private async work(): Promise<void> {
    await this.pace.gather();
    while (this.queue.length > 0 && !this.stopped) {
      await this.applyNext();
      if (this.isPatient) await this.pace.gather();
    }
    this.running = null;
  }

  /** More changes in one batch cost this executor less, and there are not enough for a whole one. */
  private get isPatient(): boolean {
    const { length } = this.queue;
    return this.executor.patienceMs !== undefined && length > 0 && length < this.size.current;
  }

  private async applyNext(): Promise<void> {
    const { changes, to, committedAtMs, xids } = this.queue.peek(this.size.current, MAX_BYTES);
    const batch = { lane: this.id, from: this.checkpoint, to, changes, xids, limitMs: this.size.limitMs };
    const startedAt = performance.now();
    const attempt = await this.pace.attempt(batch, (keys, error) => this.observer.mayPark(this.id, keys, error));
    if (attempt.kind !== 'applied') return this.failed(attempt);
    const ms = performance.now() - startedAt;
    this.checkpoint = { ...to, epoch: this.checkpoint.epoch };
    this.queue.drop(changes.length);
    this.size.took(ms, changes.length);
    this.backoff.reset();
    this.observer.applied(batch, attempt.outcome, ms, committedAtMs);
  }

  /** The batch has to be tried again, or never. */
  private async failed(attempt: Exclude<Attempt, { kind: 'applied' }>): Promise<void> {
    if (attempt.kind === 'stale' || attempt.kind === 'halted') {
      this.stopped = true;
      if (attempt.kind === 'stale') this.observer.lost(attempt.error);
      else this.observer.halted(this.executor, attempt.error);
      return;
    }
    if (attempt.kind === 'conflict') this.size.shrink();
    if (codeOf(attempt.error) === TRANSACTION_TIMEOUT) this.size.ended();
    const waitMs = this.backoff.next();
    this.observer.retried(this.executor, attempt.error, waitMs);
    await this.nap.sleep(waitMs);
    if (attempt.kind === 'unavailable') await this.rereadCheckpoint();
  }

  /** The connection may have died in COMMIT: what the checkpoint says is what happened. */
  private async rereadCheckpoint(): Promise<void> {
    const stored = await this.db.bookkeeping((tx) => readCheckpoint(tx, this.id)).catch(() => null);
    if (!stored || stored.epoch !== this.checkpoint.epoch) return;
    this.checkpoint = stored;
    this.queue.dropApplied(stored);
    this.observer.recovered();
  }
}
