import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries, PostgresMajor } from './binaries.js';
import type { Place } from './place.js';
import { runAs, type ServerUser } from './server-user.js';
import { codeOf, diskFull, PostgresStartError } from './start-error.js';

/** The superuser of the embedded server: migrations and the launcher log in as it, nobody else. */
export const ADMIN_LOGIN = 'orderkeel_admin';

/**
 * Makes the cluster unless it is there; one of another major version is refused with `data-version`. It is built under
 * another name and renamed when complete, so that a start that was cut leaves nothing half made.
 */
export async function ensureCluster(
  place: Place,
  binaries: Binaries,
  major: PostgresMajor,
  password: string,
): Promise<void> {
  const found = await clusterMajor(place.clusterDir);
  if (found === String(major)) return;
  if (found !== null) throw otherVersion(place.clusterDir, found, major);
  const draft = `${place.clusterDir}.part`;
  await rm(draft, { recursive: true, force: true });
  try {
    await initCluster(place, binaries, draft, password);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
  await rename(draft, place.clusterDir);
}

/** Writes the server's configuration, readable by it alone. A reader sees the old file or the new one. */
export async function writeConfiguration(place: Place, text: string): Promise<void> {
  const path = join(place.clusterDir, 'postgresql.conf');
  await writePrivately(`${path}.part`, text, place.user);
  await rename(`${path}.part`, path);
}

async function initCluster(place: Place, binaries: Binaries, draft: string, password: string): Promise<void> {
  const passwordFile = join(place.serverFolder, 'initdb.password');
  try {
    await writePrivately(passwordFile, password, place.user);
    const options = ['--username', ADMIN_LOGIN, '--pwfile', passwordFile, '--auth=scram-sha-256', '--data-checksums'];
    // The builtin C.UTF-8 sorts the same on every machine and needs no LANG (which unset gives SQL_ASCII).
    const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];
    const result = await runAs(
      place.user,
      binaries.initdb,
      ['--pgdata', draft, ...options, ...locale],
      place.serverFolder,
    );
    if (result.code === 0) return;
    if (/No space left on device|Disk quota exceeded/.test(result.output)) throw diskFull(place.folder);
    throw new PostgresStartError('start-failed', `The database cluster could not be made: ${result.output.trim()}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function clusterMajor(clusterDir: string): Promise<string | null> {
  try {
    return (await readFile(join(clusterDir, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

async function writePrivately(path: string, text: string, user: ServerUser): Promise<void> {
  await rm(path, { force: true });
  await writeFile(path, text, { mode: 0o600, flag: 'wx' });
  if (user.switched) await chown(path, user.uid, user.gid);
}

function otherVersion(clusterDir: string, found: string, wanted: number): PostgresStartError {
  return new PostgresStartError(
    'data-version',
    `${clusterDir} holds data of PostgreSQL ${found}, and this Orderkeel brings PostgreSQL ${wanted}. Start the version of ` +
      `Orderkeel that made it, or move it with pg_upgrade; to begin empty, choose another folder with ORDERKEEL_DATA_DIR.`,
  );
}
