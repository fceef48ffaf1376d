import { readlink, realpath } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { asAdmin } from './admin-connection.js';
import type { Binaries } from './binaries.js';
import type { Place } from './place.js';
import { livePostmaster, type Postmaster } from './postmaster-file.js';
import { exitOf } from './process-identity.js';
import type { ServerProcess } from './server-process.js';
import { stopServer } from './server-stop.js';
import { codeOf, messageOf, PostgresStartError } from './start-error.js';
import type { StartLog } from './start-log.js';

/** A recovery after a crash may take minutes. */
const SETTLE_MS = 600_000;

/** What taking over a server takes. */
interface Adoption {
  readonly place: Place;
  readonly binaries: Binaries;
  readonly password: string;
  /** The port asked for, if one was. */
  readonly port: number | undefined;
  readonly log: StartLog;
}

/**
 * Takes over the server that a killed program left running on our cluster, with the configuration that was just written.
 * One that cannot go on as it is (other version, programs gone, a setting that needs a restart) is stopped instead.
 * Null when none runs (any more). Throws `login-refused` or `server-stuck`.
 */
export async function adoptServer(adoption: Adoption): Promise<ServerProcess | null> {
  const { place, log } = adoption;
  const postmaster = await settled(place, log);
  if (postmaster === null) return null;
  const server = { ...postmaster, exited: exitOf(postmaster.pid) };
  const obstacle = (await programsGone(postmaster, adoption)) ?? (await reload(postmaster, adoption));
  if (obstacle === null) {
    log.info(`Taking over the PostgreSQL (process ${server.pid}) that an earlier run left running`);
    return server;
  }
  log.info(`Restarting the PostgreSQL (process ${server.pid}) that an earlier run left running: ${obstacle}`);
  await stopServer(server);
  return null;
}

/** The server once it neither starts nor stops; null when it went. */
async function settled(place: Place, log: StartLog): Promise<Postmaster | null> {
  const endMs = performance.now() + SETTLE_MS;
  for (let said = false; ; said = true) {
    const postmaster = await livePostmaster(place.clusterDir);
    if (postmaster === null || postmaster.status === 'ready') return postmaster;
    if (performance.now() > endMs) throw stuck(place, postmaster, `it is "${postmaster.status}" since ten minutes`);
    if (!said)
      log.info(`The PostgreSQL (process ${postmaster.pid}) of an earlier run is ${postmaster.status}: waiting`);
    await delay(50);
  }
}

/** Applies the configuration file, or says why the server has to be restarted. */
async function reload(postmaster: Postmaster, { place, binaries, password, port }: Adoption): Promise<string | null> {
  if (port !== undefined && port !== postmaster.port) return `port ${port} is asked for`;
  try {
    return await asAdmin(place, postmaster.port, password, async (client) => {
      const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
      const running = rows[0]?.server_version.split(' ')[0];
      if (running !== binaries.version) return `it is ${running}, and this is ${binaries.version}`;
      const { rows: refused } = await client.query<{ name: string }>(
        `SELECT name FROM pg_file_settings WHERE NOT applied AND error = 'setting could not be applied'`,
      );
      if (refused.length > 0) return `new values of ${refused.map(({ name }) => name).join(', ')} need it`;
      await client.query('SELECT pg_reload_conf()');
      return null;
    });
  } catch (error) {
    throw codeOf(error) === 'login-refused' ? error : stuck(place, postmaster, messageOf(error));
  }
}

/** A server whose programs were deleted or moved (`npm ci` again) would fail at the next library that it loads. */
async function programsGone({ pid }: Postmaster, { binaries }: Adoption): Promise<string | null> {
  try {
    const running = await readlink(`/proc/${pid}/exe`);
    return running === (await realpath(binaries.postgres)) ? null : 'its programs were moved or replaced';
  } catch {
    // Not Linux, or not ours to see: the version is compared in any case.
    return null;
  }
}

function stuck(place: Place, { pid }: Postmaster, what: string): PostgresStartError {
  return new PostgresStartError(
    'server-stuck',
    `A PostgreSQL (process ${pid}) runs on ${place.clusterDir} but does not serve: ${what}. ` +
      `End it with "kill -INT ${pid}" (its log: ${place.logFile}) and start again.`,
  );
}
