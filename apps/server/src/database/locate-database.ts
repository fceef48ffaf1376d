import {
  checkServer,
  embeddedFolder,
  readOrCreateSecrets,
  RoleNames,
  runningEmbedded,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type Logins,
  type ServerNeeds,
  type StartLog,
} from '@orderkeel/platform';
import { builtDeclarations } from '../built-modules.js';
import { ConfigurationError } from '../configuration/configuration-error.js';
import type { Configuration, DatabaseUrls } from '../configuration/configuration.js';
import { connectionShares } from './connection-shares.js';

/** A database that answers, whatever it holds. */
export interface LocatedDatabase {
  readonly urls: DatabaseUrls;
  readonly roles: RoleNames;
  readonly logins: Logins;
  /** The PostgreSQL that this program runs; null on the user's own server, and where another program runs it. */
  readonly embedded: EmbeddedPostgres | null;
}

/** What starting a PostgreSQL of our own needs besides the configuration. */
interface Locating {
  readonly log: StartLog;
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal | undefined;
  /** Where the embedded PostgreSQL shall listen; any free port when absent. */
  readonly port?: number | undefined;
}

/** Starts PostgreSQL, or checks the user's own. Throws with a message that says what to do. */
export async function locateDatabase(
  configuration: Configuration,
  slot: string,
  { log, signal, port }: Locating,
): Promise<LocatedDatabase> {
  const roles = new RoleNames(configuration.namespace);
  if (configuration.urls) {
    await refuseUnfit(configuration.urls, needsOf(configuration, slot), log);
    return ownDatabase(configuration.urls, roles);
  }
  if (configuration.changes === 'kafka') return databaseOfStack(configuration);
  const { dataDir, explicitDataDir, namespace } = configuration;
  const embedded = await startEmbeddedPostgres({
    dataDir,
    explicitDataDir,
    namespace,
    log,
    ...(signal && { signal }),
    ...(port !== undefined && { port }),
  });
  const passwords = await readOrCreateSecrets(embedded.dataDir, ['app', 'replication']);
  return { ...embeddedDatabase(embedded.adminUrl, roles, passwords), embedded };
}

/** With Kafka the database outlives any one program, so none starts it. */
async function databaseOfStack(configuration: Configuration): Promise<LocatedDatabase> {
  const running = await runningDatabase(configuration);
  if (running) return running;
  throw new ConfigurationError(
    'ORDERKEEL_CHANGES=kafka needs a PostgreSQL that runs: "npm run stack:up" starts one with Kafka and Debezium, or ORDERKEEL_DATABASE_URL names yours',
  );
}

/** The database as it is now: the user's own, unchecked, or the embedded one that another program runs; else null. */
export async function runningDatabase(configuration: Configuration): Promise<LocatedDatabase | null> {
  const roles = new RoleNames(configuration.namespace);
  if (configuration.urls) return ownDatabase(configuration.urls, roles);
  const folder = await embeddedFolder(configuration.dataDir);
  const running = folder === null ? null : await runningEmbedded(folder);
  if (running === null) return null;
  const { app = '', replication = '' } = running.secrets;
  return { ...embeddedDatabase(running.adminUrl, roles, { app, replication }), embedded: null };
}

/** What the program, so configured, takes of a server. */
export function needsOf(configuration: Configuration, slotName: string): ServerNeeds {
  return { slotName, connections: connectionShares(builtDeclarations, configuration).total };
}

async function refuseUnfit(urls: DatabaseUrls, needs: ServerNeeds, log: StartLog): Promise<void> {
  const { findings } = await checkServer(urls, needs);
  for (const { setting, message } of findings.filter(({ level }) => level === 'warning'))
    log.warn(`${setting}: ${message}`);
  const errors = findings.filter(({ level }) => level === 'error');
  if (errors.length > 0) {
    throw new ConfigurationError(errors.map(({ setting, message }) => `${setting}: ${message}`).join('\n'));
  }
}

function ownDatabase(urls: DatabaseUrls, roles: RoleNames): LocatedDatabase {
  const loginOf = (url: string) => ({ name: decodeURIComponent(new URL(url).username) });
  return { urls, roles, logins: { app: loginOf(urls.app), replication: loginOf(urls.replication) }, embedded: null };
}

function embeddedDatabase(
  adminUrl: string,
  roles: RoleNames,
  passwords: { readonly app: string; readonly replication: string },
): Omit<LocatedDatabase, 'embedded'> {
  const logins = {
    app: { name: roles.app, password: passwords.app },
    replication: { name: roles.replication, password: passwords.replication },
  };
  const as = ({ name, password }: { name: string; password: string }) => {
    const url = new URL(adminUrl);
    url.username = name;
    url.password = password;
    return url.href;
  };
  return { urls: { admin: adminUrl, app: as(logins.app), replication: as(logins.replication) }, roles, logins };
}
