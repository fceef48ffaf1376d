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

/** How long a lane waits for more, milliseconds, when its last batch began so long ago. */
export type Wait = (restedMs: number) => number;

/** Measures the rest since the last batch began. */
export class Rest {
  private sinceMs = -Infinity;

  /** A batch begins. */
  end(): void {
    this.sinceMs = performance.now();
  }

  /** Milliseconds. */
  get soFarMs(): number {
    return performance.now() - this.sinceMs;
  }
}

/** The pace of a lane that has its transactions for itself. */
export function ownPace(db: Database, executor: Executor, waitMs: Wait): LanePace {
  const nap = new Nap();
  const rest = new Rest();
  return {
    gather: () => nap.sleep(waitMs(rest.soFarMs)),
    hurry: () => nap.wake(),
    attempt: (batch, mayPark) => {
      rest.end();
      return attemptBatch(db, executor, batch, mayPark);
    },
  };
}
