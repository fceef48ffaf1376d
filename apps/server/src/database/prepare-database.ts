import {
  checkServer,
  install,
  PostgresStartError,
  readOrCreateSecrets,
  RoleNames,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type Logins,
  type StartLog,
} from '@orderkeel/platform';
import { builtDeclarations } from '../built-modules.js';
import { ConfigurationError } from '../configuration/configuration-error.js';
import type { Configuration, DatabaseUrls } from '../configuration/configuration.js';

/** A database that is ready for this program: reachable, checked, migrated. */
export interface PreparedDatabase {
  readonly urls: DatabaseUrls;
  readonly roles: RoleNames;
  /** Null on the user's own server. */
  readonly embedded: EmbeddedPostgres | null;
}

/** Where the names of slot and publication come from. */
interface StreamNames {
  readonly slot: string;
  readonly publication: string;
}

/** Starts or checks PostgreSQL, and brings it to what this program needs. Throws with a message that says what to do. */
export async function prepareDatabase(
  configuration: Configuration,
  names: StreamNames,
  log: StartLog,
): Promise<PreparedDatabase> {
  const roles = new RoleNames(configuration.namespace);
  const located = configuration.urls
    ? await ownServer(configuration.urls, names.slot, log)
    : await embeddedServer(configuration, roles, log);
  try {
    const report = await install({
      adminUrl: located.urls.admin,
      roles,
      logins: located.logins,
      publication: names.publication,
      manifests: builtDeclarations,
      nowMs: Date.now(),
    });
    if (report.migrations.length > 0) log.info(`${report.migrations.length} migrations done`);
    return { urls: located.urls, roles, embedded: located.embedded };
  } catch (error) {
    await located.embedded?.stop();
    throw error;
  }
}

interface Located {
  readonly urls: DatabaseUrls;
  readonly logins: Logins;
  readonly embedded: EmbeddedPostgres | null;
}

async function ownServer(urls: DatabaseUrls, slot: string, log: StartLog): Promise<Located> {
  const { findings } = await checkServer(urls, slot);
  for (const { setting, message } of findings.filter(({ level }) => level === 'warning'))
    log.warn(`${setting}: ${message}`);
  const errors = findings.filter(({ level }) => level === 'error');
  if (errors.length > 0) {
    throw new ConfigurationError(errors.map(({ setting, message }) => `${setting}: ${message}`).join('\n'));
  }
  const loginOf = (url: string) => ({ name: decodeURIComponent(new URL(url).username) });
  return { urls, logins: { app: loginOf(urls.app), replication: loginOf(urls.replication) }, embedded: null };
}

async function embeddedServer(configuration: Configuration, roles: RoleNames, log: StartLog): Promise<Located> {
  const { dataDir, explicitDataDir, namespace } = configuration;
  const embedded = await startEmbeddedPostgres({ dataDir, explicitDataDir, namespace, log });
  const passwords = await readOrCreateSecrets(embedded.dataDir, ['app', 'replication']);
  const logins = {
    app: { name: roles.app, password: passwords.app },
    replication: { name: roles.replication, password: passwords.replication },
  };
  const as = ({ name, password }: { name: string; password: string }) => {
    const url = new URL(embedded.adminUrl);
    url.username = name;
    url.password = password;
    return url.href;
  };
  return {
    urls: { admin: embedded.adminUrl, app: as(logins.app), replication: as(logins.replication) },
    logins,
    embedded,
  };
}

/** True for a failure whose message is for people, with nothing to add. */
export function isExplained(error: unknown): error is Error {
  return error instanceof ConfigurationError || error instanceof PostgresStartError;
}
