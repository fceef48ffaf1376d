import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from './admin.js';

/** Transactions that have moved a checkpoint and touch a module's tables: batches of executors, not yet committed. */
const OPEN_BATCHES = `
SELECT a.backend_xid::text AS xid FROM pg_stat_activity a
 WHERE a.datname = current_database() AND a.backend_xid IS NOT NULL AND a.application_name = 'orderkeel executors'
   AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.granted
                AND l.relation = 'cdc.checkpoint'::regclass AND l.mode = 'RowExclusiveLock')
   AND EXISTS (SELECT FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
                WHERE l.pid = a.pid AND c.relnamespace IN ('inventory'::regnamespace, '"order"'::regnamespace))`;
const AIM_MS = 1_000;

/** Waits for a moment in which a batch is open, and gives the open ones' transaction ids; none when time is up. */
export async function aimAtOpenBatch(admin: Admin): Promise<string[]> {
  const endMs = performance.now() + AIM_MS;
  while (performance.now() < endMs) {
    const open = await admin.tryQuery<{ xid: string }>(OPEN_BATCHES);
    if (open === null) return [];
    if (open.length > 0) return open.map(({ xid }) => xid);
    await delay(1);
  }
  return [];
}

/** How many of these transactions never committed: the kill came within them. */
export async function countAborted(admin: Admin, xids: readonly string[]): Promise<number> {
  const [row] = await admin.query<{ count: string }>(
    `SELECT count(*) FROM unnest($1::text[]) AS x WHERE pg_xact_status(x::xid8) = 'aborted'`,
    [xids],
  );
  return Number(row!.count);
}
