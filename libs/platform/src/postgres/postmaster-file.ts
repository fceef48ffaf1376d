import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLineOf, processIdentity } from './process-identity.js';
import { codeOf } from './start-error.js';

/** What a running server says about itself in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** `starting`, `ready`, `stopping` or `standby`; empty while the file is being written. */
  readonly status: string;
}

/** The server that the cluster's `postmaster.pid` names, if that process lives and is a server of this cluster. */
export async function livePostmaster(clusterDir: string): Promise<Postmaster | null> {
  const postmaster = await readPostmaster(clusterDir);
  if (postmaster === null || (await processIdentity(postmaster.pid)) === null) return null;
  return (await serves(postmaster.pid, clusterDir)) ? postmaster : null;
}

/**
 * Makes a `postmaster.pid` harmless whose process id now belongs to another program: PostgreSQL would refuse to start.
 * The file is not removed, because the check for left-over backends reads it: it is made to name this process, which as
 * the parent of the next server counts as stale.
 */
export async function disarmStalePostmaster(clusterDir: string): Promise<void> {
  const postmaster = await readPostmaster(clusterDir);
  if (postmaster === null || (await processIdentity(postmaster.pid)) === null) return;
  if (await serves(postmaster.pid, clusterDir)) return;
  const path = join(clusterDir, 'postmaster.pid');
  await writeFile(path, (await readFile(path, 'utf8')).replace(/^-?\d+/, String(process.pid)));
}

/** The content of `postmaster.pid`, living or not; null when there is none. */
export async function readPostmaster(clusterDir: string): Promise<Postmaster | null> {
  let text: string;
  try {
    text = await readFile(join(clusterDir, 'postmaster.pid'), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
  // Lines: pid, data directory, start time, port, socket directory, listen address, shared memory, status.
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3] ?? 0), status: lines[7] ?? '' } : null;
}

/** We always start servers with `-D <cluster>`, so that their command line tells them from a reused process id. */
async function serves(pid: number, clusterDir: string): Promise<boolean> {
  return (await commandLineOf(pid))?.includes(clusterDir) ?? false;
}
