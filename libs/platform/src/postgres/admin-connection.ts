import pg from 'pg';
import { ADMIN_LOGIN } from './cluster.js';
import type { Place } from './place.js';
import { codeOf, PostgresStartError } from './start-error.js';

/** The database of the embedded server that holds everything. */
const DATABASE = 'orderkeel';

/** URL of the superuser; the password is safe in a URL as it stands (see `readOrCreateSecrets`). */
export function adminUrl(port: number, password: string, database = DATABASE): string {
  return `postgresql://${ADMIN_LOGIN}:${password}@127.0.0.1:${port}/${database}`;
}

/** Runs `work` on a connection of its own and closes it. A server that does not answer within 10 s is an error. */
export async function onConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 60_000 });
  // A cut connection fails the running statement; without a listener it would end the program as well.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Runs `work` as the superuser of our own server on its database `postgres`. Throws `login-refused`. */
export async function asAdmin<T>(
  place: Place,
  port: number,
  password: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  try {
    return await onConnection(adminUrl(port, password, 'postgres'), work);
  } catch (error) {
    if (codeOf(error)?.startsWith('28') !== true) throw error;
    throw new PostgresStartError(
      'login-refused',
      `The PostgreSQL of ${place.clusterDir} refuses our password. Put the secrets.json that belongs to these data back ` +
        `into ${place.folder}.`,
      { cause: error },
    );
  }
}

/** Makes the database `orderkeel` unless it is there. */
export async function ensureDatabase(place: Place, port: number, password: string): Promise<void> {
  await asAdmin(place, port, password, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  });
}
