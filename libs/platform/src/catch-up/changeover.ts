import type { ModuleTx } from '../database/module-tx.js';
import type { Onboarding } from './onboarding.store.js';

/** Stores that an executor's keys are copied, and where its stream begins behind them; `snapshotLsn` is the snapshot's. */
export type BeginWorking = (tx: ModuleTx, onboarding: Onboarding, snapshotLsn: bigint) => Promise<void>;

/** How a source lets executors change over from the tables to its stream without a gap (reliability 3.6). */
export interface Changeover {
  /** What positions in this stream belong to; another source's mean nothing. */
  readonly sourceId: string;

  /** From now on the stream keeps, or is known to hold, all that a snapshot which is made afterwards may not show. */
  hold(uncopied: readonly Onboarding[]): Promise<BeginWorking>;

  /** The keys are worked through: its lanes begin where the stream was held. */
  follow(tx: ModuleTx, onboarding: Onboarding): Promise<void>;
}
