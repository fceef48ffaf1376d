import type { Database } from '../database/database.js';
import type { ChangeEvent } from '../change-stream/change-event.js';
import { CircuitBreaker } from '../reaction/circuit-breaker.js';
import type { Executor } from '../reaction/executor.js';
import { Lane, type LaneObserver } from '../reaction/lane.js';
import type { StreamTransaction } from '../reaction/lane-queue.js';
import { claimLanes } from './claim-lanes.js';
import { laneOf } from './lane-hash.js';

/** An executor that runs in this process: its lanes, fed by the stream. */
export class ExecutorRun {
  readonly breaker: CircuitBreaker;
  lanes: readonly Lane[] = [];
  private progressMs: number;

  constructor(
    private readonly db: Database,
    readonly executor: Executor,
    private readonly stream: string,
    private readonly nowMs: () => number,
  ) {
    this.breaker = new CircuitBreaker(nowMs);
    this.progressMs = nowMs();
  }

  /** A batch was applied. */
  progressed(): void {
    this.progressMs = this.nowMs();
  }

  /** Seconds since a batch was applied, or since the lanes had nothing to do. */
  secondsSinceProgress(nowMs: number): number {
    if (this.lanes.every((lane) => lane.idle)) this.progressMs = nowMs;
    return Math.max(0, nowMs - this.progressMs) / 1000;
  }

  /** Takes its lanes over, so that a former owner's next batch fails. False: it has no checkpoint yet. */
  async takeOver(owner: string, observer: LaneObserver, batchWaitMs: () => number): Promise<boolean> {
    const parts = await this.db.bookkeeping((tx) => claimLanes(tx, this.executor, this.stream, owner));
    this.lanes = parts.map(
      ({ lane, checkpoint }) => new Lane(this.db, this.executor, lane, checkpoint, observer, batchWaitMs),
    );
    return this.lanes.length > 0;
  }

  /** Hands an event to the lane of its key. */
  accept(event: ChangeEvent, transaction: StreamTransaction): void {
    if (this.lanes.every((each) => each.idle)) this.progressed();
    const lane = this.lanes.length === 1 ? 0 : laneOf(event.keyJson() ?? '', this.lanes.length);
    this.lanes[lane]?.accept(event, transaction);
  }

  /** Finishes the batches at hand; the lanes keep their places. */
  async stop(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.stop()));
  }
}
