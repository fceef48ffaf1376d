import type { Database } from '../database/database.js';
import type { Batch, ParkingPermit } from './apply-batch.js';
import { attemptBatch, type Attempt } from './attempt.js';
import type { Executor } from './executor.js';
import { Nap } from './nap.js';

/** When a lane takes a batch, and with whom it applies it. */
export interface LanePace {
  /** Waits for more changes to come. */
  gather(): Promise<void>;
  /** Ends the wait under way, since the lane is to stop. */
  hurry(): void;
  /** Applies a batch; throws nothing. */
  attempt(batch: Batch, mayPark: ParkingPermit): Promise<Attempt>;
}

/** The pace of a lane that has its transactions for itself; `waitMs` says how long it waits for more. */
export function ownPace(db: Database, executor: Executor, waitMs: () => number): LanePace {
  const nap = new Nap();
  return {
    gather: () => nap.sleep(waitMs()),
    hurry: () => nap.wake(),
    attempt: (batch, mayPark) => attemptBatch(db, executor, batch, mayPark),
  };
}
