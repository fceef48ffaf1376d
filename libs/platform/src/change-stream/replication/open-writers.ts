import type { Client } from 'pg';

/** A session whose transaction has written. */
export interface OpenWriter {
  readonly pid: number;
  readonly database: string | null;
  readonly user: string | null;
  readonly application: string | null;
  readonly state: string | null;
  readonly seconds: number | null;
}

/** Transactions with an id hold a lock on it that everybody may see; the rest is null without the right to look. */
const OPEN_WRITERS = `
  SELECT a.pid, a.datname AS database, a.usename AS user, a.application_name AS application, a.state,
         floor(extract(epoch FROM clock_timestamp() - a.xact_start))::int AS seconds
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
   WHERE l.locktype = 'transactionid' AND l.granted AND l.mode = 'ExclusiveLock' AND a.pid <> pg_backend_pid()
   ORDER BY a.xact_start NULLS LAST`;

/** The transactions of the whole server that have written and are open, longest first: the creation of a slot waits for them. */
export async function openWriters(client: Client): Promise<OpenWriter[]> {
  return (await client.query<OpenWriter>(OPEN_WRITERS)).rows;
}

/** One session, for a message. */
export function describeWriter(writer: OpenWriter): string {
  const facts = [
    `database ${writer.database ?? '?'}`,
    `user ${writer.user ?? '?'}`,
    writer.application ? `application ${writer.application}` : null,
    writer.state,
    writer.seconds === null ? null : `open for ${writer.seconds} s`,
  ];
  return `pid ${writer.pid} (${facts.filter((fact) => fact !== null).join(', ')})`;
}
