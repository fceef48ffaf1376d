import { access, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { adminUrl } from './admin-connection.js';
import { clusterIn, standInOf } from './place.js';
import { livePostmaster } from './postmaster-file.js';
import { readSecrets } from './secrets.js';
import { codeOf, explainFileError } from './start-error.js';

/** An embedded PostgreSQL that another program keeps running. */
export interface RunningEmbedded {
  /** URL of the superuser on the database `orderkeel`. Holds the password: never log it. */
  readonly adminUrl: string;
  /** Passwords of the installation's logins, by name. */
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * The folder that really holds the data of a data folder: itself, or its stand-in (see `choosePlace`). Null when no
 * PostgreSQL was ever made there. Changes nothing.
 */
export async function embeddedFolder(dataDir: string): Promise<string | null> {
  try {
    const folder = await realpath(dataDir);
    for (const candidate of [folder, standInOf(folder)]) if (await hasCluster(candidate)) return candidate;
    return null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw explainFileError(error, dataDir);
  }
}

/** How to reach the PostgreSQL that runs on a folder of `embeddedFolder`; null when none does. Changes nothing. */
export async function runningEmbedded(folder: string): Promise<RunningEmbedded | null> {
  const postmaster = await livePostmaster(clusterIn(folder));
  if (postmaster?.status !== 'ready') return null;
  const secrets = await readSecrets(folder);
  const admin = secrets['admin'];
  return admin === undefined ? null : { adminUrl: adminUrl(postmaster.port, admin), secrets };
}

async function hasCluster(folder: string): Promise<boolean> {
  try {
    await access(join(clusterIn(folder), 'PG_VERSION'));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '');
}
