import { randomUUID } from 'node:crypto';
import { onConnection } from '../../libs/platform/src/postgres/admin-connection.js';
import type { PostgresMajor } from '../../libs/platform/src/postgres/binaries.js';
import { workerServer } from './postgres-worker-server.js';

/** A database of one spec. */
export interface TestDatabase {
  /** URL of the superuser on it. */
  readonly url: string;
  readonly name: string;
  /** Drops it, cutting its connections; slots on it must be gone. */
  drop(): Promise<void>;
}

/** A running PostgreSQL for tests: wal_level logical, fsync off. Shared by the spec files of one Jest worker. */
export interface TestServer {
  /** URL of the superuser on the database `postgres`. */
  readonly adminUrl: string;
  /**
   * Makes a database with a name of its own; as a copy of `template` (nobody may be connected to that), copied as files,
   * which with fsync off takes a third of the time and writes no WAL for slots to decode (stack.md, "Tests on one server").
   */
  createDatabase(options?: { template?: string }): Promise<TestDatabase>;
}

/** The worker's server of that major version, started by the first spec that asks, stopped when the worker ends. */
export async function testServer(version: PostgresMajor = 18): Promise<TestServer> {
  const { adminUrl } = await workerServer(version);
  return { adminUrl, createDatabase: (options = {}) => createDatabase(adminUrl, options.template) };
}

async function createDatabase(adminUrl: string, template: string | undefined): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const copied = template === undefined ? '' : ` TEMPLATE "${template}" STRATEGY file_copy`;
  await onConnection(adminUrl, (client) => client.query(`CREATE DATABASE "${name}"${copied}`));
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    name,
    drop: async () => {
      await onConnection(adminUrl, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
    },
  };
}
