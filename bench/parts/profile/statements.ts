import type { Onlooker } from '../../installation/onlooker.js';

/** Settings of PostgreSQL by which it counts planning too, and notes when it committed. */
export const SEEING_MORE: Readonly<Record<string, string>> = {
  'pg_stat_statements.track_planning': 'on',
  track_commit_timestamp: 'on',
};

/** What PostgreSQL has spent on a statement. */
export interface StatementTime {
  readonly text: string;
  readonly calls: number;
  readonly rows: number;
  /** Planning and execution, with what triggers and foreign keys did. */
  readonly ms: number;
  readonly walBytes: number;
}

/** Begins to count anew. */
export async function forgetStatements({ statistics }: Onlooker): Promise<void> {
  await statistics.query('SELECT pg_stat_statements_reset()');
}

/** What the program's statements have cost since then, the dearest first. */
export async function statementTimes({ statistics }: Onlooker): Promise<StatementTime[]> {
  const { rows } = await statistics.query<StatementTime>(
    `SELECT min(query) AS text, sum(calls)::int AS calls, sum(rows)::int AS rows,
            sum(total_plan_time + total_exec_time)::float8 AS ms, sum(wal_bytes)::float8 AS "walBytes"
       FROM pg_stat_statements WHERE userid <> session_user::regrole::oid
      GROUP BY queryid ORDER BY ms DESC`,
  );
  return rows.map((row) => ({ ...row, text: row.text.replace(/\s+/g, ' ').trim() }));
}
