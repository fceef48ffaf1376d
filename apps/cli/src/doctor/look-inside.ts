import { needsOf, openRoutes, type Configuration, type LocatedDatabase } from '../../../server/src/index.js';
import type { Reached } from '../reach/reached.js';
import type { Look } from './look.js';
import { lookAtInstallation, lookAtPostgres } from './look-at-database.js';
import { lookAtExecutors } from './look-at-executors.js';
import { lookAtSlot } from './look-at-slot.js';

interface Inside {
  readonly configuration: Configuration;
  readonly located: LocatedDatabase;
  readonly slot: string;
  readonly server: Reached | null;
}

/** What can be seen once a database answers; where it is not fit or not up to date, what lies behind is not looked at. */
export async function* lookInside({ configuration, located, slot, server }: Inside): AsyncGenerator<Look> {
  const postgres = await lookAtPostgres(located, needsOf(configuration, slot));
  yield postgres;
  if (postgres.findings.some(({ level }) => level === 'error')) return;
  const installation = await lookAtInstallation(located, Date.now());
  yield installation;
  if (installation.findings.length > 0) return;
  yield await lookAtSlot(located.urls.admin, slot, server !== null);
  if (server) {
    yield await lookAtExecutors(server);
    return;
  }
  const routes = await openRoutes(located, configuration);
  try {
    yield await lookAtExecutors({ via: 'database', url: null, ...routes });
  } finally {
    await routes.close();
  }
}
