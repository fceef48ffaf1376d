import { insertRows, type ColumnTypes } from '../database/bulk.js';
import { codeOf } from '../database/sqlstate.js';
import type { ModuleTx } from '../database/module-tx.js';
import type { LaneId } from './executor.js';
import type { IncomingChange } from './incoming-change.js';
import type { Position } from './position.js';

/** Waits before each retry of a parked key; after the last one it stays parked until a person acts (reliability 3.8). */
const RETRY_AFTER_SECONDS = [1, 5, 30, 180, 900, 3600, 3600];

/** When a parked key is tried again; null: no more, a person is needed. */
export function nextRetryAt(attempts: number, nowMs: number): string | null {
  const seconds = RETRY_AFTER_SECONDS[attempts];
  return seconds === undefined ? null : new Date(nowMs + seconds * 1000).toISOString();
}

/** Which of these keys are parked; their rows stay locked, so that no re-drive empties a queue while we append to it. */
export async function parkedAmong(tx: ModuleTx, executor: string, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await tx.query<{ key: string }>(
    'SELECT key FROM cdc.parked_key WHERE executor = $1 AND key = ANY($2) ORDER BY key FOR SHARE',
    [executor, keys],
  );
  return new Set(rows.map((row) => row.key));
}

/** Parks a key for the error that its events ran into. */
export async function parkKey(tx: ModuleTx, executor: string, key: string, error: unknown): Promise<void> {
  await tx.execute(
    `INSERT INTO cdc.parked_key (executor, key, module, reason, error_class, next_retry_at, parked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (executor, key) DO NOTHING`,
    [executor, key, tx.module, reasonOf(error), errorClass(error), nextRetryAt(0, tx.clock.nowMs()), tx.clock.now()],
  );
}

interface ParkedEventRow {
  executor: string;
  key: string;
  module: string;
  stream: string;
  part: number;
  pos: string;
  idx: number;
  envelope: string;
}

const PARKED_EVENT: ColumnTypes<ParkedEventRow> = {
  executor: 'text',
  key: 'text',
  module: 'text',
  stream: 'text',
  part: 'int',
  pos: 'numeric',
  idx: 'int',
  envelope: 'text',
};

/** Queues events behind their parked keys, in order. */
export async function parkEvents(
  tx: ModuleTx,
  lane: LaneId,
  at: Position,
  changes: readonly IncomingChange[],
): Promise<void> {
  const rows = changes.map((change) => ({
    ...lane,
    key: change.key,
    module: tx.module,
    pos: String(at.pos),
    idx: at.idx,
    envelope: change.event.envelopeJson(),
  }));
  await insertRows(tx, 'cdc.parked_event', PARKED_EVENT, rows);
}

/** The SQLSTATE or code of an error, or its name; what `retry --error-class` takes. */
export function errorClass(error: unknown): string {
  return codeOf(error) || (error as Error | null)?.name || 'unknown';
}

/** An error in one line, without a stack. */
export function reasonOf(error: unknown): string {
  const message = (error as Error | null)?.message ?? String(error);
  return message.split('\n', 1)[0]!.slice(0, 1000);
}
