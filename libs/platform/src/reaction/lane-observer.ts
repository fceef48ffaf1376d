import type { Batch, BatchOutcome } from './apply-batch.js';
import type { StaleOwner } from './checkpoint.store.js';
import type { Executor, LaneId } from './executor.js';

/** What a lane tells those who watch it. */
export interface LaneObserver {
  applied(batch: Batch, outcome: BatchOutcome, ms: number, committedAtMs: number): void;
  retried(executor: Executor, error: unknown, waitMs: number): void;
  /** A commit whose answer was lost may have been done after all: less may wait than before. */
  recovered(): void;
  skipped(executor: Executor): void;
  /** The batch failed for a reason that retrying cannot mend: the executor pauses, nothing is parked. */
  halted(executor: Executor, error: unknown): void;
  /** Another process owns the lane now. */
  lost(error: StaleOwner): void;
  /** A lane's batch is to park so many keys. Throws when that cannot be the keys' fault. */
  mayPark(lane: LaneId, keys: number, error: unknown): void;
}
