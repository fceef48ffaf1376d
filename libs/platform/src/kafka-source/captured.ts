import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../database/database.js';

const ASK_EVERY_MS = 20;
const ANSWER_WITHIN_MS = 2_000;
/** What the connector passes on to its topic for messages, and nobody reads. */
const MARK = 'orderkeel.mark';

/**
 * Waits until the connector has written everything to the topics that was committed before: a mark in the log is
 * confirmed by its slot once what stands before it is in Kafka for good. False: there is no slot, or the answer did not
 * come in time. Without exactly-once delivery the connector confirms too seldom for that.
 */
export async function capturedUpToNow(db: Database, slot: string): Promise<boolean> {
  const lsn = await db.bookkeeping(async (tx) => {
    const [row] = await tx.query<{ lsn: string }>(
      `SELECT pg_logical_emit_message(false, $1, clock_timestamp()::text, true)::text AS lsn`,
      [MARK],
    );
    return row!.lsn;
  });
  const until = performance.now() + ANSWER_WITHIN_MS;
  for (;;) {
    const [row] = await db.bookkeeping((tx) =>
      tx.query<{ passed: boolean }>(
        'SELECT confirmed_flush_lsn >= $2::pg_lsn AS passed FROM pg_replication_slots WHERE slot_name = $1',
        [slot, lsn],
      ),
    );
    if (row?.passed) return true;
    if (!row || performance.now() > until) return false;
    await delay(ASK_EVERY_MS);
  }
}
