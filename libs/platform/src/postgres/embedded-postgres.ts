import { resolve } from 'node:path';
import { adminUrl, ensureDatabase } from './admin-connection.js';
import { adoptServer } from './adopt.js';
import { findBinaries, type PostgresMajor } from './binaries.js';
import { ensureCluster, writeConfiguration } from './cluster.js';
import { lockFolder, type FolderLock } from './folder-lock.js';
import { choosePlace, type Place } from './place.js';
import { readOrCreateSecrets } from './secrets.js';
import { startOnPort } from './server-port.js';
import { stopServer } from './server-stop.js';
import { renderSettings, serverSettings, usableMemory } from './settings.js';
import { explainFileError } from './start-error.js';
import type { StartLog } from './start-log.js';
import { Supervisor } from './supervisor.js';

/** How to run the embedded PostgreSQL. */
export interface EmbeddedPostgresOptions {
  /** ORDERKEEL_DATA_DIR; made when missing. */
  readonly dataDir: string;
  /** True when the user named the folder: then no other is used in its place. */
  readonly explicitDataDir: boolean;
  /** ORDERKEEL_NAMESPACE; the server's name in lists of processes. */
  readonly namespace: string;
  readonly log: StartLog;
  /** Told when the server died and is back, on the same port; connections were cut. */
  readonly onRestart?: () => void;
  /** Default 18. */
  readonly version?: PostgresMajor;
  /** Settings of postgresql.conf that win over ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Default: any free port. */
  readonly port?: number;
  /** Ends a start that is under way: it throws, and leaves no server behind. */
  readonly signal?: AbortSignal;
}

/** A PostgreSQL of our own, kept running until `stop`. */
export interface EmbeddedPostgres {
  /** URL of the superuser on the database `orderkeel`; stays valid over restarts. Holds the password: never log it. */
  readonly adminUrl: string;
  /** e.g. `18.4` */
  readonly version: string;
  /** The real data folder, which may be a stand-in for the one asked for (server.json says it). */
  readonly dataDir: string;
  readonly port: number;
  /** Of the newest server process. */
  readonly pid: number;
  /** True when a killed run had left the server running and it went on. */
  readonly adopted: boolean;
  /** Stops the server and gives the folder free; bounded (35 s at worst). May be called more than once. */
  stop(): Promise<void>;
  /** Gives the folder free and lets the server go on: a program that starts here later takes it over. */
  leave(): Promise<void>;
}

/**
 * Starts PostgreSQL on the data folder, making the cluster and the database `orderkeel` the first time, and keeps it
 * running. Settings are applied anew at each start. Throws `PostgresStartError`, whose message says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    const place = await choosePlace(resolve(options.dataDir), options.explicitDataDir, options.log);
    const lock = await lockFolder(place.folder);
    try {
      return await startLocked(options, place, lock);
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    throw explainFileError(error, options.dataDir);
  }
}

async function startLocked(
  options: EmbeddedPostgresOptions,
  place: Place,
  lock: FolderLock,
): Promise<EmbeddedPostgres> {
  const { log, signal, version: major = 18 } = options;
  const binaries = await findBinaries(major, place.serverFolder, place.user);
  const { admin: password } = await readOrCreateSecrets(place.folder, ['admin']);
  await ensureCluster(place, binaries, major, password);
  const settings = serverSettings(major, options.namespace, usableMemory());
  await writeConfiguration(place, renderSettings(settings, options.settings ?? {}));

  const adopted = await adoptServer({ place, binaries, password, port: options.port, log });
  const server = adopted ?? (await startOnPort({ place, binaries, log, signal }, options.port));
  const { port } = server;
  try {
    await ensureDatabase(place, port, password);
    signal?.throwIfAborted();
  } catch (error) {
    await stopServer(server);
    throw error;
  }
  const supervisor = new Supervisor(server, {
    restart: (stopping) => startOnPort({ place, binaries, log, signal: stopping }, port),
    log,
    onRestart: options.onRestart,
  });
  return {
    adminUrl: adminUrl(port, password),
    version: binaries.version,
    dataDir: place.folder,
    port,
    adopted: adopted !== null,
    get pid() {
      return supervisor.pid;
    },
    stop: async () => {
      await supervisor.stop();
      await lock.release();
    },
    leave: async () => {
      supervisor.leave();
      await lock.release();
    },
  };
}
