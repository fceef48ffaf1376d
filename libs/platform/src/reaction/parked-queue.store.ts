import type { ModuleTx } from '../database/module-tx.js';
import { errorClass, nextRetryAt, reasonOf } from './parking.store.js';

/** A parked key, as far as its re-drive must know it. */
export interface ParkedKeyDue {
  readonly executor: string;
  readonly key: string;
  /** Its time has come; false also for one that only a person may try again. */
  readonly due: boolean;
}

/** How many parked keys one look takes in. */
const LOOK_AT = 1_000;

/** The parked keys of these executors, who is due first. */
export async function parkedKeysOf(tx: ModuleTx, executors: readonly string[]): Promise<ParkedKeyDue[]> {
  return tx.query<ParkedKeyDue>(
    `SELECT executor, key, COALESCE(next_retry_at <= $2, false) AS due FROM cdc.parked_key
      WHERE executor = ANY($1) ORDER BY next_retry_at LIMIT ${LOOK_AT}`,
    [executors, tx.clock.now()],
  );
}

/** Locks a parked key, so that nothing is queued behind it meanwhile. Null: it is not parked, or somebody else has it. */
export async function lockParked(tx: ModuleTx, executor: string, key: string): Promise<{ attempts: number } | null> {
  const [row] = await tx.query<{ attempts: number }>(
    'SELECT attempts FROM cdc.parked_key WHERE executor = $1 AND key = $2 FOR UPDATE SKIP LOCKED',
    [executor, key],
  );
  return row ?? null;
}

/** The event at the head of a key's queue; null when the queue is empty. */
export async function firstParked(
  tx: ModuleTx,
  executor: string,
  key: string,
): Promise<{ seq: number; envelope: string } | null> {
  const [row] = await tx.query<{ seq: number; envelope: string }>(
    'SELECT seq, envelope FROM cdc.parked_event WHERE executor = $1 AND key = $2 ORDER BY seq LIMIT 1',
    [executor, key],
  );
  return row ?? null;
}

/** Takes an event that was applied out of its key's queue. */
export async function dropParked(tx: ModuleTx, executor: string, key: string, seq: number): Promise<void> {
  await tx.execute('DELETE FROM cdc.parked_event WHERE executor = $1 AND key = $2 AND seq = $3', [executor, key, seq]);
}

/** Gives a key free whose queue is empty. */
export async function freeKey(tx: ModuleTx, executor: string, key: string): Promise<void> {
  await tx.execute('DELETE FROM cdc.parked_key WHERE executor = $1 AND key = $2', [executor, key]);
}

/** Notes an attempt that failed, and when the next one is due. */
export async function postpone(
  tx: ModuleTx,
  executor: string,
  key: string,
  { attempts, error }: { attempts: number; error: unknown },
): Promise<void> {
  await tx.execute(
    `UPDATE cdc.parked_key SET attempts = $3, next_retry_at = $4, reason = $5, error_class = $6
      WHERE executor = $1 AND key = $2`,
    [executor, key, attempts, nextRetryAt(attempts, tx.clock.nowMs()), reasonOf(error), errorClass(error)],
  );
}
