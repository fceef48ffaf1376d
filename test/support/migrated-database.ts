import { CommerceCoreModule } from '@orderkeel/commerce-core';
import { InventoryModule } from '@orderkeel/inventory';
import { OrderModule } from '@orderkeel/order';
import { type Clock, Database, declarationOf, SystemClock } from '@orderkeel/platform';
import { ConnectionPool } from '../../libs/platform/src/database/connection-pool.js';
import { RoleNames } from '../../libs/platform/src/database/role-names.js';
import { install } from '../../libs/platform/src/install/install.js';
import { onConnection } from '../../libs/platform/src/postgres/admin-connection.js';
import type { PostgresMajor } from '../../libs/platform/src/postgres/binaries.js';
import { testServer } from './postgres.js';

/** A database with all migrations, roles and grants, ready for one spec. */
export interface MigratedDatabase {
  readonly database: Database;
  readonly roles: RoleNames;
  /** Superuser's URL on it. */
  readonly adminUrl: string;
  /** The program's login: may take the module roles, and nothing by itself. */
  readonly appUrl: string;
  /** The WAL reader's login. */
  readonly replicationUrl: string;
  /** Closes the pool and drops the database. */
  drop(): Promise<void>;
}

const TEMPLATE = 'orderkeel_template';
const TEMPLATE_LOCK = 7_165_331_100;
const PASSWORD = 'test-only';
const roles = new RoleNames('orderkeel');

/** A fresh clone of a migrated template, made once per server. */
export async function migratedDatabase(
  options: { version?: PostgresMajor; clock?: Clock } = {},
): Promise<MigratedDatabase> {
  const server = await testServer(options.version ?? 18);
  await ensureTemplate(server.adminUrl);
  const { url, drop } = await server.createDatabase({ template: TEMPLATE });
  const appUrl = asLogin(url, roles.app);
  const pool = await ConnectionPool.open({
    url: appUrl,
    size: 10,
    restingRole: roles.api,
    applicationName: 'orderkeel test',
  });
  return {
    database: new Database(pool, roles, options.clock ?? new SystemClock()),
    roles,
    adminUrl: url,
    appUrl,
    replicationUrl: asLogin(url, roles.replication),
    drop: async () => {
      await pool.close();
      await drop();
    },
  };
}

async function ensureTemplate(adminUrl: string): Promise<void> {
  await onConnection(adminUrl, async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE]);
    if (rowCount === 1) return;
    const unfinished = `${TEMPLATE}_unfinished`;
    await admin.query(`DROP DATABASE IF EXISTS ${unfinished}`);
    await admin.query(`CREATE DATABASE ${unfinished}`);
    await install({
      adminUrl: withDatabase(adminUrl, unfinished),
      roles,
      logins: {
        app: { name: roles.app, password: PASSWORD },
        replication: { name: roles.replication, password: PASSWORD },
      },
      publication: 'orderkeel_cdc',
      manifests: [CommerceCoreModule, OrderModule, InventoryModule].map(declarationOf),
      nowMs: Date.now(),
    });
    await admin.query(`ALTER DATABASE ${unfinished} RENAME TO ${TEMPLATE}`);
  });
}

function asLogin(url: string, login: string): string {
  const changed = new URL(url);
  changed.username = login;
  changed.password = PASSWORD;
  return changed.href;
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
