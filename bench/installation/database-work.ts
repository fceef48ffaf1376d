import type { Onlooker } from './onlooker.js';

/** What PostgreSQL has done for everybody but the bench. */
export interface DatabaseWork {
  /** By database role, without those that begin and end transactions; what triggers and policies run is part of theirs. */
  readonly statements: Readonly<Record<string, number>>;
  /** Transactions that were ended with COMMIT; a statement outside of one is none. */
  readonly commits: number;
  /** Of the whole server, from whatever cause. */
  readonly walBytes: number;
  /** Pages that statements found in PostgreSQL's memory. */
  readonly bufferHits: number;
  /** Pages that they did not. */
  readonly bufferReads: number;
}

interface RoleRow {
  readonly role: string;
  readonly statements: number;
  readonly commits: number;
  readonly hits: number;
  readonly reads: number;
}

/** Begins to count; the returned function says what was done since. */
export async function watchWork(onlooker: Onlooker): Promise<() => Promise<DatabaseWork>> {
  const before = await look(onlooker);
  return async () => {
    const after = await look(onlooker);
    const sum = (of: (row: RoleRow) => number) => total(after.roles, of) - total(before.roles, of);
    const statements = Object.fromEntries(
      after.roles.map(({ role, statements: count }) => {
        const earlier = before.roles.find((row) => row.role === role)?.statements ?? 0;
        return [role, count - earlier];
      }),
    );
    return {
      statements,
      commits: sum(({ commits }) => commits),
      walBytes: after.walBytes - before.walBytes,
      bufferHits: sum(({ hits }) => hits),
      bufferReads: sum(({ reads }) => reads),
    };
  };
}

function total(rows: readonly RoleRow[], of: (row: RoleRow) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}

async function look({ statistics }: Onlooker): Promise<{ roles: RoleRow[]; walBytes: number }> {
  const { rows: roles } = await statistics.query<RoleRow>(BY_ROLE);
  const { rows } = await statistics.query<{ bytes: number }>(
    `SELECT (pg_current_wal_insert_lsn() - '0/0')::float8 AS bytes`,
  );
  return { roles, walBytes: rows[0]!.bytes };
}

const BY_ROLE = `
SELECT r.rolname AS role,
       coalesce(sum(s.calls) FILTER (WHERE s.query !~* '^(BEGIN|COMMIT|ROLLBACK)'), 0)::float8 AS statements,
       coalesce(sum(s.calls) FILTER (WHERE s.query ~* '^COMMIT'), 0)::float8 AS commits,
       sum(s.shared_blks_hit)::float8 AS hits, sum(s.shared_blks_read)::float8 AS reads
  FROM pg_stat_statements AS s JOIN pg_roles AS r ON r.oid = s.userid
 WHERE r.rolname <> session_user GROUP BY r.rolname ORDER BY r.rolname`;
