import type pg from 'pg';
import { builtDeclarations } from '../../../apps/server/src/index.js';
import { install, RoleNames } from '../../../libs/platform/src/index.js';
import { onConnection } from '../../../libs/platform/src/postgres/index.js';
import type { LeftTable } from './left-rows.js';

/** The raw database's publication; of the same tables as the product's. */
export const RAW_PUBLICATION = 'orderkeel_raw';

const DATABASE = 'orderkeel_raw';
/** What a batch moves, and does not add to. */
const MOVED_TABLES = ['inventory.stock', 'cdc.checkpoint'];

/**
 * Makes a second database on the same server by the product's own migrations: the same tables, indexes, constraints,
 * triggers and storage, all empty but for counters and checkpoints. Gives its URL.
 */
export async function makeRawDatabase(productUrl: string): Promise<string> {
  const rawUrl = new URL(productUrl);
  rawUrl.pathname = `/${DATABASE}`;
  return onConnection(productUrl, async (product) => {
    await product.query(`CREATE DATABASE ${DATABASE}`);
    await installOn(rawUrl.href);
    await onConnection(rawUrl.href, async (raw) => {
      for (const table of MOVED_TABLES) await copyTable(product, raw, table);
    });
    return rawUrl.href;
  });
}

async function installOn(adminUrl: string): Promise<void> {
  const roles = new RoleNames('orderkeel');
  await install({
    adminUrl,
    roles,
    logins: { app: { name: roles.app }, replication: { name: roles.replication } },
    publication: RAW_PUBLICATION,
    manifests: builtDeclarations,
    nowMs: Date.now(),
  });
}

async function copyTable(product: pg.Client, raw: pg.Client, table: string): Promise<void> {
  const { rows } = await product.query<{ all: string }>(`SELECT array_agg(t)::text AS "all" FROM ${table} AS t`);
  await raw.query(`INSERT INTO ${table} SELECT r.* FROM unnest($1::${table}[]) AS r`, [rows[0]!.all]);
}

/** Empties the tables, past the triggers that refuse it: each run begins as the one before. */
export async function emptyTables(rawUrl: string, tables: readonly LeftTable[]): Promise<void> {
  await onConnection(rawUrl, async (raw) => {
    await raw.query('SET session_replication_role = replica');
    await raw.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')} CASCADE`);
  });
}

/** Throws unless all rows are there: who writes less is faster. */
export async function refuseLoss(rawUrl: string, tables: readonly LeftTable[]): Promise<void> {
  await onConnection(rawUrl, async (raw) => {
    for (const { name, rows: wanted } of tables) {
      const { rows } = await raw.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`);
      if (rows[0]!.count !== wanted) throw new Error(`${name} has got ${rows[0]!.count} rows of ${wanted}`);
    }
  });
}
