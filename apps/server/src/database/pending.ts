import { migrationsOf, monthsAround, onConnection, pendingMigrations, refuseOtherNamespace } from '@orderkeel/platform';
import { builtDeclarations } from '../built-modules.js';
import type { LocatedDatabase } from './locate-database.js';

/** What `migrate` would do. */
export interface Pending {
  /** Names of migrations that this program knows and the database has not seen. */
  readonly migrations: readonly string[];
  /** Month partitions that should be there by now, e.g. `order.order_status_history 2026-12`. */
  readonly partitions: readonly string[];
}

/** Looks what this program still has to install; changes nothing (interfaces 7, `migrate --check`). Throws `other-namespace`. */
export async function pendingIn({ urls, roles }: LocatedDatabase, nowMs: number): Promise<Pending> {
  const classes = migrationsOf(builtDeclarations);
  await onConnection(urls.admin, (client) => refuseOtherNamespace(client, roles));
  // Without the owner's role nothing was ever installed, and nothing can be asked as it.
  if (!(await hasRole(urls.admin, roles.owner))) return { migrations: classes.map(({ name }) => name), partitions: [] };
  const migrations = await pendingMigrations(urls.admin, roles.owner, classes);
  return { migrations, partitions: migrations.length > 0 ? [] : await missingMonths(urls.admin, nowMs) };
}

async function missingMonths(url: string, nowMs: number): Promise<string[]> {
  const tables = builtDeclarations.flatMap(({ monthly }) => monthly ?? []);
  const wanted = tables.flatMap((table) => monthsAround(nowMs).map((day) => ({ table, month: day.slice(0, 7) })));
  return onConnection(url, async (client) => {
    const { rows } = await client.query<{ missing: string }>(
      `SELECT w.parent || ' ' || w.month AS missing
         FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS w(parent, month, nth)
        WHERE to_regclass(w.parent || '_' || replace(w.month, '-', '_')) IS NULL ORDER BY nth`,
      [wanted.map(({ table }) => table), wanted.map(({ month }) => month)],
    );
    return rows.map(({ missing }) => missing);
  });
}

async function hasRole(url: string, role: string): Promise<boolean> {
  return onConnection(url, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
    return rowCount === 1;
  });
}
