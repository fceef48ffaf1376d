import type { Database } from '../database/database.js';
import { failureKind } from '../database/sqlstate.js';
import { applyBatch, applyKeyByKey, type Batch, type BatchOutcome } from './apply-batch.js';
import { Backoff } from './backoff.js';
import { BatchSize } from './batch-size.js';
import { readCheckpoint, StaleOwner, type Checkpoint } from './checkpoint.store.js';
import type { Executor, LaneId } from './executor.js';
import { LaneQueue, type StreamEvent, type StreamTransaction } from './lane-queue.js';
import { comparePositions, isApplied, type Position } from './position.js';

const MAX_BYTES = 1024 * 1024;

/** What a lane tells those who watch it. */
export interface LaneObserver {
  applied(batch: Batch, outcome: BatchOutcome, ms: number, committedAtMs: number): void;
  retried(executor: Executor, error: unknown, waitMs: number): void;
  skipped(executor: Executor): void;
  /** The batch failed for a reason that retrying cannot mend: the executor pauses, nothing is parked. */
  halted(executor: Executor, error: unknown): void;
  /** Another process owns the lane now. */
  lost(error: StaleOwner): void;
  /** Throws when so many keys of one batch cannot be the keys' fault. */
  mayPark(keys: number, error: unknown): void;
}

/** One ordered share of an executor's work: a queue, a checkpoint, and the loop that applies batch after batch. */
export class Lane {
  private readonly queue: LaneQueue;
  private readonly size = new BatchSize();
  private readonly backoff = new Backoff();
  private running: Promise<void> | null = null;
  private stopped = false;
  private discarded = false;
  private wake: (() => void) | null = null;

  constructor(
    private readonly db: Database,
    readonly executor: Executor,
    readonly id: LaneId,
    private checkpoint: Checkpoint,
    private readonly observer: LaneObserver,
    private readonly batchWaitMs: () => number,
  ) {
    this.queue = new LaneQueue(executor.contract);
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
    this.wake?.();
    await this.running?.catch(() => undefined);
    this.discarded ||= this.queue.length > 0;
    this.queue.clear();
  }

  private async work(): Promise<void> {
    await this.pause(this.batchWaitMs());
    while (this.queue.length > 0 && !this.stopped) await this.applyNext();
    this.running = null;
  }

  private async applyNext(): Promise<void> {
    const { changes, to, committedAtMs, xids } = this.queue.peek(this.size.current, MAX_BYTES);
    const batch = { lane: this.id, from: this.checkpoint, to, changes, xids };
    const startedAt = performance.now();
    const outcome = await this.tryApply(batch);
    if (outcome === null) return;
    const ms = performance.now() - startedAt;
    this.checkpoint = { ...to, epoch: this.checkpoint.epoch };
    this.queue.drop(changes.length);
    this.size.took(ms, changes.length);
    this.backoff.reset();
    this.observer.applied(batch, outcome, ms, committedAtMs);
  }

  /** Gives null when the batch has to be tried again, or never. */
  private async tryApply(batch: Batch): Promise<BatchOutcome | null> {
    try {
      return await this.applyOrPark(batch);
    } catch (error) {
      if (error instanceof StaleOwner) {
        this.stopped = true;
        this.observer.lost(error);
        return null;
      }
      const kind = failureKind(error);
      if (kind !== 'conflict' && kind !== 'unavailable') {
        this.stopped = true;
        this.observer.halted(this.executor, error);
        return null;
      }
      if (kind === 'conflict') this.size.shrink();
      const waitMs = this.backoff.next();
      this.observer.retried(this.executor, error, waitMs);
      await this.pause(waitMs);
      if (kind === 'unavailable') await this.rereadCheckpoint();
      return null;
    }
  }

  private async applyOrPark(batch: Batch): Promise<BatchOutcome> {
    try {
      return await applyBatch(this.db, this.executor, batch);
    } catch (error) {
      if (error instanceof StaleOwner || failureKind(error) !== 'other') throw error;
      return applyKeyByKey(this.db, this.executor, batch, (keys, error) => this.observer.mayPark(keys, error));
    }
  }

  /** The connection may have died in COMMIT: what the checkpoint says is what happened. */
  private async rereadCheckpoint(): Promise<void> {
    const stored = await this.db.bookkeeping((tx) => readCheckpoint(tx, this.id)).catch(() => null);
    if (!stored || stored.epoch !== this.checkpoint.epoch) return;
    this.checkpoint = stored;
    this.queue.dropApplied(stored);
  }

  private pause(ms: number): Promise<void> {
    if (ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
