import { createHash } from 'node:crypto';
import pg from 'pg';
import type { RoleNames } from '../database/role-names.js';
import type { MigrationClass, ModuleManifest } from '../module/manifest.js';
import { CreateChangeStreamTables1795218000000 } from '../migrations/create-change-stream-tables.migration.js';
import { CreateEffectId1795218000001 } from '../migrations/create-effect-id.migration.js';
import { CreateIdempotencyKeys1795218100000 } from '../idempotency/idempotency.migration.js';
import { relationsOf } from './catalogue.js';
import { grantStatements } from './grants.js';
import { runMigrations } from './migrations.js';
import { refuseOtherNamespace } from './namespace.js';
import { makeMonthsAhead } from './partitions.js';
import { publish, publishedTables } from './publication.js';
import { ensureRoles, type Logins } from './roles.js';

/** What is to be installed where. */
export interface InstallOptions {
  /** Login that may create roles and schemas. */
  readonly adminUrl: string;
  readonly roles: RoleNames;
  readonly logins: Logins;
  readonly publication: string;
  /** All built modules, enabled or not: adding one later must not wait for a migration of others. */
  readonly manifests: readonly ModuleManifest[];
  /** Milliseconds since 1970; partitions are made around it. */
  readonly nowMs: number;
}

/** What an installation has changed. */
export interface InstallReport {
  readonly migrations: readonly string[];
  readonly grantsChanged: boolean;
}

/** One program installs at a time in one database. */
const INSTALL_LOCK = 7_165_331_001;
/** Role changes of several databases of one server meet in shared catalogues, so they queue in database postgres. */
const ROLES_LOCK = 7_165_331_002;

/** All migrations, the platform's first. */
export function migrationsOf(manifests: readonly ModuleManifest[]): MigrationClass[] {
  return [
    CreateChangeStreamTables1795218000000,
    CreateEffectId1795218000001,
    CreateIdempotencyKeys1795218100000,
    ...manifests.flatMap((manifest) => manifest.migrations),
  ];
}

/**
 * Brings a database to what this program needs: roles, migrations, partitions, vocabulary, grants, publication.
 * Idempotent, and safe when several programs start at once (reliability T8). Throws `other-namespace`, and changes
 * nothing, where another one has installed.
 */
export async function install(options: InstallOptions): Promise<InstallReport> {
  return withClient(options.adminUrl, async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [INSTALL_LOCK]);
    await refuseOtherNamespace(admin, options.roles);
    await prepareRoles(admin, options);
    const classes = migrationsOf(options.manifests);
    const migrations = await runMigrations(options.adminUrl, options.roles.owner, classes);
    const grantsChanged = await applyManifests(admin, options, classes);
    await asOwner(admin, options.roles, () => makeMonthsAhead(admin, options.manifests, options.nowMs));
    return { migrations, grantsChanged };
  });
}

async function prepareRoles(admin: pg.Client, { adminUrl, roles, logins, manifests }: InstallOptions): Promise<void> {
  const modules = manifests.map((manifest) => manifest.name);
  await serialised(adminUrl, () => ensureRoles(admin, roles, modules, logins));
  const { rows } = await admin.query<{ name: string }>('SELECT current_database() AS name');
  await admin.query(`GRANT CREATE, CONNECT ON DATABASE ${admin.escapeIdentifier(rows[0]!.name)} TO "${roles.owner}"`);
  await admin.query(`CREATE SCHEMA IF NOT EXISTS platform AUTHORIZATION "${roles.owner}"`);
}

/** Grants, policies, vocabulary and publication follow the manifests; nothing is touched while they have not changed. */
async function applyManifests(
  admin: pg.Client,
  options: InstallOptions,
  classes: readonly MigrationClass[],
): Promise<boolean> {
  const { roles, manifests, logins, publication } = options;
  return asOwner(admin, roles, async () => {
    const relations = await relationsOf(admin, manifests);
    const grants = grantStatements(roles, logins.replication.name, manifests, relations);
    const tables = publishedTables(manifests);
    const said = manifests.map(({ name, vocabulary, submits }) => [name, vocabulary, submits]);
    const digest = sha256(
      JSON.stringify([grants, publication, tables, said, classes.map((migration) => migration.name)]),
    );
    const { rows } = await admin.query<{ value: string }>(
      `SELECT value FROM platform.installation_fact WHERE name = 'manifests'`,
    );
    if (rows[0]?.value === digest) return false;
    await admin.query('BEGIN');
    for (const statement of grants) await admin.query(statement);
    await publish(admin, publication, tables);
    for (const manifest of manifests) {
      await manifest.install?.({
        manifests,
        roleOf: (module) => roles.ofModule(module),
        query: async (sql, parameters) => void (await admin.query(sql, [...(parameters ?? [])])),
      });
    }
    await admin.query(
      `INSERT INTO platform.installation_fact (name, value) VALUES ('manifests', $1)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()`,
      [digest],
    );
    await admin.query('COMMIT');
    return true;
  });
}

async function asOwner<T>(admin: pg.Client, roles: RoleNames, work: () => Promise<T>): Promise<T> {
  await admin.query(`SET ROLE "${roles.owner}"`);
  try {
    return await work();
  } finally {
    await admin.query('ROLLBACK');
    await admin.query('RESET ROLE');
  }
}

/** Queues in database `postgres` when the login may enter it; without that, a lost race is tried again. */
async function serialised(adminUrl: string, work: () => Promise<void>): Promise<void> {
  const url = new URL(adminUrl);
  url.pathname = '/postgres';
  const lock = new pg.Client({ connectionString: url.href, application_name: 'orderkeel install' });
  const locked = await lock.connect().then(
    () => lock.query('SELECT pg_advisory_lock($1)', [ROLES_LOCK]).then(() => true),
    () => false,
  );
  try {
    await work();
  } finally {
    if (locked) await lock.end();
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'orderkeel install' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
