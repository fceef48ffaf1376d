import { setTimeout as delay } from 'node:timers/promises';
import type { ModuleTx } from '../database/module-tx.js';

const WAIT_MS = 1;
/** A commit that stays invisible for so long is not slow: its server or its session is stuck. */
const LONGEST_WAIT_MS = 10_000;
/**
 * No server has so many transactions under way. One whose number lies further ahead was never begun on this one: a topic
 * may tell of those of a server that the database was restored from, and would be waited for, for ever.
 */
const FAR_AHEAD = 1_000_000;

/**
 * Waits until every statement that follows sees what these transactions committed. A commit is sent as soon as its
 * record is in the WAL, and the committing session takes itself off the list of running transactions only afterwards:
 * a reaction that reads facts at once finds nothing, and the event would be lost (3 of 2,756 intents at 60 a second on
 * a busy machine, up to 8.5 ms apart).
 * @param xids the 32 bits that the stream carries; the epoch is that of the snapshot they are nearest to
 */
export async function seeTransactions(tx: ModuleTx, xids: readonly number[]): Promise<void> {
  if (xids.length === 0) return;
  for (let waitedMs = 0; waitedMs <= LONGEST_WAIT_MS; waitedMs += WAIT_MS) {
    const [hidden] = await tx.query<{ some: boolean }>(ARE_SOME_HIDDEN, [xids]);
    if (!hidden?.some) return;
    await delay(WAIT_MS);
  }
  throw Object.assign(new Error(`a committed transaction among ${xids.join(', ')} has not become visible`), {
    code: '55P03',
    retriable: true,
  });
}

/** The whole number of a transaction is the one with these 32 low bits that lies nearest to the snapshot's end. */
const ARE_SOME_HIDDEN = `
  SELECT COALESCE(bool_or(near.distance < ${FAR_AHEAD}
           AND NOT pg_visible_in_snapshot((s.next + near.distance)::text::xid8, s.snapshot)), false) AS some
    FROM (SELECT pg_snapshot_xmax(c)::text::bigint AS next, c AS snapshot FROM pg_current_snapshot() AS c) AS s,
         unnest($1::bigint[]) AS t(xid),
         LATERAL (SELECT (t.xid - (s.next & 4294967295) + 6442450944) % 4294967296 - 2147483648 AS distance) AS near`;
