import { DataSource, type MigrationInterface } from 'typeorm';
import type { MigrationClass } from '../module/manifest.js';

/** Runs the migrations that are missing as the owner role, each in a transaction of its own; gives their names. */
export async function runMigrations(
  adminUrl: string,
  owner: string,
  classes: readonly MigrationClass[],
): Promise<string[]> {
  return withMigrations(adminUrl, owner, classes, async (dataSource) => {
    const done = await dataSource.runMigrations({ transaction: 'each' });
    return done.map((migration) => migration.name);
  });
}

/** The names of the migrations that this program knows and this database has not seen. */
export async function pendingMigrations(
  adminUrl: string,
  owner: string,
  classes: readonly MigrationClass[],
): Promise<string[]> {
  return withMigrations(adminUrl, owner, classes, async (dataSource) => {
    const [table] = await dataSource.query<{ found: boolean }[]>(
      `SELECT to_regclass('platform.migration') IS NOT NULL AS found`,
    );
    const rows = table?.found ? await dataSource.query<{ name: string }[]>('SELECT name FROM platform.migration') : [];
    const done = new Set(rows.map((row) => row.name));
    return classes.map((migration) => migration.name).filter((name) => !done.has(name));
  });
}

async function withMigrations<T>(
  adminUrl: string,
  owner: string,
  classes: readonly MigrationClass[],
  work: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: adminUrl,
    schema: 'platform',
    migrationsTableName: 'migration',
    migrations: [...classes] as (new () => MigrationInterface)[],
    applicationName: 'orderkeel migrations',
    poolSize: 1,
    // TypeORM would otherwise look for extensions that none of our columns needs.
    installExtensions: false,
    extra: { options: `-c role=${owner} -c TimeZone=UTC -c lock_timeout=30s` },
  });
  await dataSource.initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
