import { spawn, type ChildProcess } from 'node:child_process';
import { open, rename, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries.js';
import type { Place } from './place.js';
import { disarmStalePostmaster, readPostmaster } from './postmaster-file.js';
import { stopServer } from './server-stop.js';
import { identityFor, toolEnvironment } from './server-user.js';
import { codeOf } from './start-error.js';
import { explainLog } from './start-failure.js';
import type { StartLog } from './start-log.js';

/** What starting a server takes. */
export interface ServerStart {
  readonly place: Place;
  readonly binaries: Binaries;
  readonly port: number;
  readonly log: StartLog;
  /** Ends a start that is under way. */
  readonly signal: AbortSignal | undefined;
}

/** A running server. */
export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  /** Resolves when the process is gone, whatever the reason. */
  readonly exited: Promise<void>;
}

const LOG_KEPT_BYTES = 16 * 1024 * 1024;
const SAY_WAITING_MS = 10_000;

/**
 * Starts the cluster's server on the port and waits until it accepts connections, however long its recovery takes. It is
 * a group of its own, so that Ctrl-C reaches the program alone, and outlives a kill of the program.
 */
export async function startServer(start: ServerStart): Promise<ServerProcess> {
  const { place, port } = start;
  await disarmStalePostmaster(place.clusterDir);
  await turnLog(place.logFile);
  const logHandle = await open(place.logFile, 'a', 0o600);
  try {
    const logStart = (await logHandle.stat()).size;
    const child = spawn(start.binaries.postgres, ['-D', place.clusterDir, '-p', String(port)], {
      ...identityFor(place.user),
      cwd: place.serverFolder,
      env: toolEnvironment,
      detached: true,
      stdio: ['ignore', logHandle.fd, logHandle.fd],
    });
    child.unref();
    const exited = exitOf(child);
    if (child.pid === undefined) throw await exited;
    const server = { pid: child.pid, port, exited: exited.then(() => undefined) };
    if (await becomesReady(start, server)) return server;
    start.signal?.throwIfAborted();
    throw await explainLog(place, port, logStart);
  } finally {
    await logHandle.close();
  }
}

/** Resolves, never rejects, with what ended the process or kept it from starting. */
function exitOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', resolve);
  });
}

async function becomesReady({ place, log, signal }: ServerStart, server: ServerProcess): Promise<boolean> {
  let gone = false;
  void server.exited.then(() => (gone = true));
  let sayAtMs = performance.now() + SAY_WAITING_MS;
  while (!gone) {
    const postmaster = await readPostmaster(place.clusterDir);
    if (postmaster?.pid === server.pid && postmaster.status === 'ready') return true;
    if (performance.now() > sayAtMs) {
      log.info(`PostgreSQL is still starting; after a crash it repeats the last writes first (see ${place.logFile})`);
      sayAtMs += SAY_WAITING_MS;
    }
    if (signal?.aborted === true) await stopServer(server);
    await Promise.race([server.exited, delay(25)]);
  }
  return false;
}

/** The log is turned over between two runs of the server; within one it grows by trouble only. */
async function turnLog(path: string): Promise<void> {
  try {
    if ((await stat(path)).size > LOG_KEPT_BYTES) await rename(path, `${path}.1`);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
