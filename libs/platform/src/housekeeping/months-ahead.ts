import type { Database } from '../database/database.js';
import { monthsAround } from '../install/partitions.js';
import type { Clock } from '../time/clock.js';
import type { Chore } from './housekeeping.js';

/**
 * Makes the partitions of the coming months, so that a program that is never restarted does not run out of them
 * (reliability 3.11); gives how many it made. Readiness names the month that is missing in the end.
 */
export function monthsAhead(db: Database, clock: Clock): Chore & { run(): Promise<number> } {
  return { name: 'months-ahead', run: () => makeMonths(db, monthsAround(clock.nowMs())) };
}

async function makeMonths(db: Database, months: readonly string[]): Promise<number> {
  // Only tables of the owner who made cdc.create_month: others in this database are not ours.
  const [row] = await db.bookkeeping((tx) =>
    tx.query<{ made: number }>(
      `SELECT count(*) FILTER (WHERE cdc.create_month(c.oid::regclass, month)) AS made
         FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
         JOIN pg_proc f ON f.proowner = c.relowner AND f.oid = 'cdc.create_month(regclass, date)'::regprocedure,
              unnest($1::date[]) AS month`,
      [months],
    ),
  );
  return row?.made ?? 0;
}
