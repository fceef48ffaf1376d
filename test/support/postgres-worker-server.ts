import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminUrl, onConnection } from '../../libs/platform/src/postgres/admin-connection.js';
import { findBinaries, type PostgresMajor } from '../../libs/platform/src/postgres/binaries.js';
import { ensureCluster, writeConfiguration } from '../../libs/platform/src/postgres/cluster.js';
import { processIdentity } from '../../libs/platform/src/postgres/process-identity.js';
import { startOnPort } from '../../libs/platform/src/postgres/server-port.js';
import { serverUser } from '../../libs/platform/src/postgres/server-user.js';
import { renderSettings, serverSettings } from '../../libs/platform/src/postgres/settings.js';
import { endWithWorker } from './postgres-end-with-worker.js';

/** How to reach a worker's server. */
export interface WorkerServer {
  readonly adminUrl: string;
}

const MIB = 1024 * 1024;

/** What tests change: nothing has to survive a crash, specs make many slots, and count what a database does at rest. */
const TEST_SETTINGS = {
  autovacuum: 'off',
  fsync: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  max_replication_slots: '100',
  max_wal_senders: '100',
  max_wal_size: '1GB',
  max_slot_wal_keep_size: '4GB',
};

/**
 * The server of this Jest worker. Spec files of one worker run one after the other in the same process, each with modules
 * of its own: a file named after the process tells the later ones where the server is.
 */
export function workerServer(major: PostgresMajor): Promise<WorkerServer> {
  const known = servers.get(major) ?? findOrStart(major);
  servers.set(major, known);
  return known;
}

/** Within one spec file: callers at the same moment share one start. */
const servers = new Map<PostgresMajor, Promise<WorkerServer>>();

async function findOrStart(major: PostgresMajor): Promise<WorkerServer> {
  const identity = (await processIdentity(process.pid)) ?? '';
  const started = identity.slice(identity.lastIndexOf('/') + 1).replaceAll(/\W/g, '-');
  const folder = join(tmpdir(), `orderkeel-test-${process.pid}-${started}-${major}`);
  return (await running(folder)) ?? (await start(folder, major));
}

async function running(folder: string): Promise<WorkerServer | null> {
  try {
    const server = JSON.parse(await readFile(join(folder, 'server.json'), 'utf8')) as WorkerServer;
    await onConnection(server.adminUrl, (client) => client.query('SELECT 1'));
    return server;
  } catch {
    return null;
  }
}

async function start(folder: string, major: PostgresMajor): Promise<WorkerServer> {
  const clusterDir = join(folder, 'cluster');
  const user = await serverUser(clusterDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (user.switched) await chown(folder, user.uid, user.gid);
  endWithWorker(folder, clusterDir);
  const place = { folder, serverFolder: folder, clusterDir, logFile: join(folder, 'postgres.log'), user };
  const binaries = await findBinaries(major, folder, user);
  const password = randomBytes(16).toString('hex');
  await ensureCluster(place, binaries, major, password);
  const settings = serverSettings(major, `orderkeel-test-${process.pid}`, 1024 * MIB);
  await writeConfiguration(place, renderSettings(settings, TEST_SETTINGS));
  const log = { info: () => undefined, warn: () => undefined };
  const server = await startOnPort({ place, binaries, log, signal: undefined }, undefined);
  const started: WorkerServer = { adminUrl: adminUrl(server.port, password, 'postgres') };
  await writeFile(join(folder, 'server.json.part'), JSON.stringify(started), { mode: 0o600 });
  await rename(join(folder, 'server.json.part'), join(folder, 'server.json'));
  return started;
}
