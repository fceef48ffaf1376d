import type { Database } from '../database/database.js';
import { codeOf, failureKind } from '../database/sqlstate.js';
import { applyBatch, applyKeyByKey, type Batch, type BatchOutcome, type ParkingPermit } from './apply-batch.js';
import { STALE_OWNER, type StaleOwner } from './checkpoint.store.js';
import type { Executor } from './executor.js';

/**
 * What became of an attempt to apply a batch (reliability 3.8).
 *
 * - `conflict`: try again, with fewer changes; `unavailable`: try again later, the outcome of a commit may be unknown.
 * - `stale`: another process owns the lane.
 * - `halted`: retrying cannot mend it, and it is no key's fault.
 */
export type Attempt =
  | { readonly kind: 'applied'; readonly outcome: BatchOutcome }
  | { readonly kind: 'conflict' | 'unavailable' | 'halted'; readonly error: unknown }
  | { readonly kind: 'stale'; readonly error: StaleOwner };

/** Applies a batch as a whole; where its content fails, key by key. Throws nothing. */
export async function attemptBatch(
  db: Database,
  executor: Executor,
  batch: Batch,
  mayPark: ParkingPermit,
): Promise<Attempt> {
  try {
    return { kind: 'applied', outcome: await applyWhole(db, executor, batch, mayPark) };
  } catch (error) {
    if (codeOf(error) === STALE_OWNER) return { kind: 'stale', error: error as StaleOwner };
    const kind = failureKind(error);
    return { kind: kind === 'conflict' || kind === 'unavailable' ? kind : 'halted', error };
  }
}

async function applyWhole(
  db: Database,
  executor: Executor,
  batch: Batch,
  mayPark: ParkingPermit,
): Promise<BatchOutcome> {
  try {
    return await applyBatch(db, executor, batch);
  } catch (error) {
    if (codeOf(error) === STALE_OWNER || failureKind(error) !== 'other') throw error;
    return applyKeyByKey(db, executor, batch, mayPark);
  }
}
