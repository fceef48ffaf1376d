import type { Client } from 'pg';

/**
 * Rejects with `session-not-ours` when a new connection does not have what it was opened with: then reads would run as the
 * login, which may see all tenants, or commits could be lost in a crash. A pooler between may drop the options of a
 * connection, and a login trigger may change what they set.
 */
export async function refuseOtherSession(client: Client, restingRole: string): Promise<void> {
  const { rows } = await client.query<{ role: string; commits: string }>(
    `SELECT current_user::text AS role, current_setting('synchronous_commit') AS commits`,
  );
  const { role, commits } = rows[0]!;
  if (role !== restingRole) throw notOurs(`role ${role} and not in ${restingRole}`);
  if (commits !== 'on') throw notOurs(`synchronous_commit = ${commits} and not on`);
}

function notOurs(found: string): Error {
  const message =
    `a connection of ORDERKEEL_DATABASE_URL began with ${found}: let no pooler and no login trigger take away the ` +
    `"options" that it is opened with`;
  return Object.assign(new Error(message), { code: 'session-not-ours', retriable: false });
}
