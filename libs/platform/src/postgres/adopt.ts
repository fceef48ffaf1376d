import { readlink, realpath } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { adminUrl, onConnection } from './admin-connection.js';
import type { Binaries } from './binaries.js';
import type { Place } from './place.js';
import { livePostmaster, type Postmaster } from './postmaster-file.js';
import { processIdentity } from './process-identity.js';
import type { ServerProcess } from './server-process.js';
import { stopServer } from './server-stop.js';
import { codeOf, messageOf, PostgresStartError } from './start-error.js';
import type { StartLog } from './start-log.js';

const SETTLE_MS = 60_000;
const WATCH_MS = 500;

/**
 * Takes over the server that a killed program left running on our cluster, with the configuration that was just written.
 * One that cannot go on as it is (other version, programs gone, a setting that needs a restart) is stopped instead.
 * Null when none runs (any more). Throws `login-refused` or `server-stuck`.
 */
export async function adoptServer(
  place: Place,
  binaries: Binaries,
  password: string,
  log: StartLog,
): Promise<ServerProcess | null> {
  const postmaster = await settled(place);
  if (postmaster === null) return null;
  const server = { ...postmaster, exited: exitOfForeign(postmaster.pid) };
  const obstacle =
    (await programsGone(postmaster.pid, binaries)) ??
    (await logIn(place, postmaster, password, (client) => reload(client, binaries)));
  if (obstacle === null) {
    log.info(`Taking over the PostgreSQL (process ${server.pid}) that an earlier run left running`);
    return server;
  }
  log.info(`Restarting the PostgreSQL (process ${server.pid}) that an earlier run left running: ${obstacle}`);
  await stopServer(server);
  return null;
}

/** The server once it neither starts nor stops; null when it went. */
async function settled(place: Place): Promise<Postmaster | null> {
  const endMs = performance.now() + SETTLE_MS;
  for (;;) {
    const postmaster = await livePostmaster(place.clusterDir);
    if (postmaster === null || postmaster.status === 'ready') return postmaster;
    if (performance.now() > endMs) throw stuck(place, postmaster, `is "${postmaster.status}" for a minute`);
    await delay(50);
  }
}

/** Applies the configuration file, or says why the server has to be restarted. */
async function reload(client: pg.Client, binaries: Binaries): Promise<string | null> {
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  const running = rows[0]?.server_version.split(' ')[0];
  if (running !== binaries.version) return `it is ${running}, and this is ${binaries.version}`;
  const { rows: refused } = await client.query<{ name: string }>(
    `SELECT name FROM pg_file_settings WHERE NOT applied AND error = 'setting could not be applied'`,
  );
  if (refused.length > 0) return `new values of ${refused.map(({ name }) => name).join(', ')} need it`;
  await client.query('SELECT pg_reload_conf()');
  return null;
}

async function logIn<T>(
  place: Place,
  postmaster: Postmaster,
  password: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  try {
    return await onConnection(adminUrl(postmaster.port, password, 'postgres'), work);
  } catch (error) {
    if (codeOf(error)?.startsWith('28') !== true) throw stuck(place, postmaster, messageOf(error));
    throw new PostgresStartError(
      'login-refused',
      `The PostgreSQL of ${place.clusterDir} (process ${postmaster.pid}) refuses our password. Put the secrets.json that ` +
        `belongs to these data back into ${place.folder}.`,
      { cause: error },
    );
  }
}

/** A server whose programs were deleted or moved (`npm ci` again) would fail at the next library that it loads. */
async function programsGone(pid: number, binaries: Binaries): Promise<string | null> {
  try {
    const running = await readlink(`/proc/${pid}/exe`);
    return running === (await realpath(binaries.postgres)) ? null : 'its programs were moved or replaced';
  } catch {
    // Not Linux, or not ours to see: the version is compared in any case.
    return null;
  }
}

/** A process that is not our child tells nobody that it ends. */
function exitOfForeign(pid: number): Promise<void> {
  return new Promise((resolve) => {
    const identity = processIdentity(pid);
    const watch = setInterval(() => {
      void Promise.all([identity, processIdentity(pid)]).then(([then, now]) => {
        if (now !== null && now === then) return;
        clearInterval(watch);
        resolve();
      });
    }, WATCH_MS).unref();
  });
}

function stuck(place: Place, { pid }: Postmaster, what: string): PostgresStartError {
  return new PostgresStartError(
    'server-stuck',
    `A PostgreSQL (process ${pid}) runs on ${place.clusterDir} but does not serve: ${what}. ` +
      `End it with "kill -INT ${pid}" (its log: ${place.logFile}) and start again.`,
  );
}
