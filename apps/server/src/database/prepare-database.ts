import { install, type InstallReport, type StartLog } from '@orderkeel/platform';
import { builtDeclarations } from '../built-modules.js';
import type { Configuration } from '../configuration/configuration.js';
import { refuseRunningStack } from '../stream/stack-file.js';
import { locateDatabase, type LocatedDatabase } from './locate-database.js';

/** Where the names of slot and publication come from. */
interface StreamNames {
  readonly slot: string;
  readonly publication: string;
}

/** Where the preparation says what it does, and what ends it early. */
interface Preparing {
  readonly log: StartLog;
  readonly signal?: AbortSignal | undefined;
}

/** Starts or checks PostgreSQL, and brings it to what this program needs. Throws with a message that says what to do. */
export async function prepareDatabase(
  configuration: Configuration,
  names: StreamNames,
  preparing: Preparing,
): Promise<LocatedDatabase> {
  if (configuration.urls === null && configuration.changes === 'embedded')
    await refuseRunningStack(configuration.dataDir);
  const located = await locateDatabase(configuration, names.slot, preparing);
  try {
    const { migrations } = await installOn(located, names.publication);
    if (migrations.length > 0) preparing.log.info(`${migrations.length} migrations done`);
    preparing.signal?.throwIfAborted();
    return located;
  } catch (error) {
    await located.embedded?.stop();
    throw error;
  }
}

/** Migrations, roles, grants, partitions and publication; nothing where nothing has changed. */
export async function installOn(located: LocatedDatabase, publication: string): Promise<InstallReport> {
  return install({
    adminUrl: located.urls.admin,
    roles: located.roles,
    logins: located.logins,
    publication,
    manifests: builtDeclarations,
    nowMs: Date.now(),
  });
}
