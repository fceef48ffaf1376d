import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onConnection } from '../../libs/platform/src/postgres/index.js';
import { startPostgresAlone } from './postgres-alone.js';

/** The one setting that is not shipped. It takes less than a microsecond for each statement. */
const COUNTING = { shared_preload_libraries: 'pg_stat_statements' };

/**
 * Makes the PostgreSQL of a data folder as the product does, and lets it count statements from its next start on,
 * told by its database `postgres`; with further settings where a part has to see more.
 */
export async function makeCountedCluster(
  dataDir: string,
  further: Readonly<Record<string, string>> = {},
): Promise<void> {
  const server = await startPostgresAlone(dataDir);
  const url = new URL(server.adminUrl);
  url.pathname = '/postgres';
  await onConnection(url.href, (client) => client.query('CREATE EXTENSION pg_stat_statements'));
  await server.stop();
  const lines = Object.entries({ ...COUNTING, ...further }).map(([name, value]) => `${name} = '${value}'\n`);
  await writeFile(join(server.dataDir, 'postgres/cluster/local.conf'), lines.join(''));
}
