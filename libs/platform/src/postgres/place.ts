import { createHash } from 'node:crypto';
import { chmod, chown, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolders } from './make-folders.js';
import { canEnter, serverUser, type ServerUser } from './server-user.js';
import { PostgresStartError } from './start-error.js';
import type { StartLog } from './start-log.js';

/** Where the embedded PostgreSQL lives, and as whom. */
export interface Place {
  /** The real data folder: the one asked for, or its stand-in under /var/lib/orderkeel. Holds secrets and the lock. */
  readonly folder: string;
  /** Folder of PostgreSQL's user: cluster, log, binaries if copied. */
  readonly serverFolder: string;
  readonly clusterDir: string;
  readonly logFile: string;
  readonly user: ServerUser;
}

const STAND_IN_ROOT = '/var/lib/orderkeel';

/**
 * Chooses and makes the folders. When root started the program and PostgreSQL's user cannot enter the data folder (a
 * checkout in root's home), a default folder is replaced by one under /var/lib/orderkeel, said in the log; an explicit
 * one is refused with `folder-not-enterable` (stack.md, "Embedded PostgreSQL").
 */
export async function choosePlace(dataDir: string, explicit: boolean, log: StartLog): Promise<Place> {
  await makeDataFolder(dataDir);
  const folder = await realpath(dataDir);
  const user = await serverUser(clusterIn(folder));
  if (!user.switched || (await canEnter(user, folder))) return makePlace(folder, user);
  if (explicit) throw notEnterable(folder, user);
  const standIn = standInOf(folder);
  await makeDataFolder(STAND_IN_ROOT);
  await makeDataFolder(standIn);
  log.info(`The user ${user.name}, as whom PostgreSQL runs, cannot enter ${folder}: the data is kept in ${standIn}`);
  return makePlace(standIn, await serverUser(clusterIn(standIn)));
}

/** Where data is kept instead of a folder (its real path) that PostgreSQL's user cannot enter. */
export function standInOf(folder: string): string {
  return join(STAND_IN_ROOT, createHash('sha256').update(folder).digest('hex').slice(0, 16));
}

async function makePlace(folder: string, user: ServerUser): Promise<Place> {
  const serverFolder = join(folder, 'postgres');
  if ((await makeFolders(serverFolder, 0o700)) && user.switched) await chown(serverFolder, user.uid, user.gid);
  return { folder, serverFolder, clusterDir: clusterIn(folder), logFile: join(serverFolder, 'postgres.log'), user };
}

/** The cluster's folder within a data folder. */
export function clusterIn(folder: string): string {
  return join(folder, 'postgres', 'cluster');
}

/** Makes a data folder. Root's must let PostgreSQL's user pass through, whatever the umask is; anybody else's is private. */
export async function makeDataFolder(path: string): Promise<void> {
  if (await makeFolders(path)) await chmod(path, process.getuid?.() === 0 ? 0o711 : 0o700);
}

function notEnterable(folder: string, user: ServerUser): PostgresStartError {
  return new PostgresStartError(
    'folder-not-enterable',
    `PostgreSQL does not run as root; it would run as ${user.name}, who cannot enter the data folder ${folder}. ` +
      `Open the way to it (chmod o+x on each folder above it), choose another ORDERKEEL_DATA_DIR, or start as an ordinary user.`,
  );
}
