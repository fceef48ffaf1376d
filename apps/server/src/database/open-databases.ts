import { ConnectionPool, Database, type Clock, type HintLog } from '@orderkeel/platform';
import type { ConnectionShares } from './connection-shares.js';
import type { LocatedDatabase } from './locate-database.js';

/** The program's two ways to one database, each on connections of its own. */
export interface OpenDatabases {
  readonly requests: Database;
  readonly executors: Database;
  close(): Promise<void>;
}

/** Opens both; throws when the login is refused, and leaves nothing open. */
export async function openDatabases(
  { urls, roles }: LocatedDatabase,
  shares: ConnectionShares,
  clock: Clock,
  log: HintLog,
): Promise<OpenDatabases> {
  const open = (size: number, applicationName: string) =>
    ConnectionPool.open({ url: urls.app, size, restingRole: roles.api, applicationName });
  const requests = await open(shares.requests, 'orderkeel requests');
  const executors = await open(shares.executors, 'orderkeel executors').catch(async (error: unknown) => {
    await requests.close();
    throw error;
  });
  return {
    requests: new Database(requests, roles, clock, log),
    executors: new Database(executors, roles, clock, log),
    close: async () => void (await Promise.all([requests.close(), executors.close()])),
  };
}
