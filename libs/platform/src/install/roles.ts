import type { Client } from 'pg';
import type { RoleNames } from '../database/role-names.js';
import { codeOf } from '../database/sqlstate.js';

/** A login that the installation makes itself; on a user's own server the logins exist and have no password here. */
export interface Login {
  readonly name: string;
  readonly password?: string;
}

/** The logins of an installation: the program's and the WAL reader's. */
export interface Logins {
  readonly app: Login;
  readonly replication: Login;
}

/** Two installations changing roles at once meet in one catalogue row; the loser tries again. */
const CONCURRENT_UPDATE = new Set(['XX000', '40001', '40P01', '42710', '23505']);
const ATTEMPTS = 20;

/**
 * Makes the roles that are missing and gives the program's login the right to take them. Safe when several programs do
 * so at once, also for other databases of the server (reliability 3.2, security 5.1).
 */
export async function ensureRoles(
  admin: Client,
  roles: RoleNames,
  modules: readonly string[],
  logins: Logins,
): Promise<void> {
  const taken = [roles.api, roles.platform, ...modules.map((module) => roles.ofModule(module))];
  for (const role of [roles.owner, ...taken]) {
    if (!(await exists(admin, role))) await apply(admin, `CREATE ROLE "${role}" NOLOGIN NOBYPASSRLS`);
  }
  await ensureLogin(admin, logins.app, 'NOINHERIT');
  await ensureLogin(admin, logins.replication, 'REPLICATION');
  const { rows } = await admin.query<{ name: string }>('SELECT current_user AS name');
  await ensureMember(admin, roles.owner, rows[0]!.name);
  for (const role of taken) await ensureMember(admin, role, logins.app.name);
}

async function exists(admin: Client, role: string): Promise<boolean> {
  return (await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])).rowCount === 1;
}

async function ensureLogin(admin: Client, login: Login, attribute: string): Promise<void> {
  if (login.password === undefined) return;
  const verb = (await exists(admin, login.name)) ? 'ALTER' : 'CREATE';
  if (verb === 'ALTER' && (await admin.query(LOGIN_READY, [login.name])).rowCount === 1) return;
  await apply(
    admin,
    `${verb} ROLE "${login.name}" LOGIN ${attribute} NOBYPASSRLS PASSWORD ${admin.escapeLiteral(login.password)}`,
  );
}

const LOGIN_READY = 'SELECT 1 FROM pg_roles WHERE rolname = $1 AND rolcanlogin';

/** INHERIT FALSE: by itself the login may do nothing; only a transaction that takes a role may do what that role may. */
async function ensureMember(admin: Client, role: string, member: string): Promise<void> {
  const held = await admin
    .query(
      `SELECT 1 FROM pg_roles WHERE rolname = $2 AND (rolsuper OR EXISTS (
       SELECT FROM pg_auth_members m WHERE m.roleid = $1::regrole AND m.member = $2::regrole AND m.set_option))`,
      [`"${role}"`, member],
    )
    .catch(() => ({ rowCount: 0 }));
  if (held.rowCount === 1) return;
  await apply(admin, `GRANT "${role}" TO "${member}" WITH INHERIT FALSE, SET TRUE`);
}

async function apply(admin: Client, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await admin.query(statement);
      return;
    } catch (error) {
      if (codeOf(error) === '42710' && statement.startsWith('CREATE ROLE')) return;
      if (attempt === ATTEMPTS || !CONCURRENT_UPDATE.has(codeOf(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10 * attempt));
    }
  }
}
