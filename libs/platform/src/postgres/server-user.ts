import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { codeOf, messageOf, PostgresStartError } from './start-error.js';

const run = promisify(execFile);

/** The operating system user that PostgreSQL runs as. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** True when the program is root and PostgreSQL, which refuses to be, runs as somebody else. */
  readonly switched: boolean;
}

/** How a program of PostgreSQL ended. `code` is null when it could not be run at all. */
interface ToolResult {
  readonly code: number | null;
  readonly output: string;
}

/**
 * The user for the cluster in `clusterDir`: the user who runs the program; for root the owner of a cluster that exists,
 * else `postgres`, else `nobody`. Users are never created. Throws `no-ordinary-user`.
 */
export async function serverUser(clusterDir: string): Promise<ServerUser> {
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0) return { name: 'you', uid, gid: process.getgid?.() ?? uid, switched: false };
  const owner = await ownerOf(clusterDir);
  if (owner !== null && owner.uid !== 0) return { name: `user ${owner.uid}`, ...owner, switched: true };
  for (const name of ['postgres', 'nobody']) {
    const found = await lookUp(name);
    if (found === null) continue;
    const user = { name, ...found, switched: true };
    if (await canEnter(user, '/')) return user;
  }
  throw new PostgresStartError(
    'no-ordinary-user',
    'PostgreSQL refuses to run as root, and this machine has no user "postgres" or "nobody" that root may run it as (a ' +
      'container needs the capability SETUID for that). Start Orderkeel as an ordinary user, or name a PostgreSQL of your own with ORDERKEEL_DATABASE_URL.',
  );
}

/** `uid` and `gid` for a child process that is to run as `user`; nothing when no switch is needed. */
export function identityFor(user: ServerUser): { uid?: number; gid?: number } {
  return user.switched ? { uid: user.uid, gid: user.gid } : {};
}

/** The only environment that PostgreSQL's programs get: English messages (we read them), no settings of the caller. */
export const toolEnvironment = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' };

/** Runs a program as `user` to its end; its failure is a result and no error. */
export async function runAs(user: ServerUser, file: string, args: string[], cwd = '/'): Promise<ToolResult> {
  try {
    const { stdout, stderr } = await run(file, args, { ...identityFor(user), cwd, env: toolEnvironment });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const failed = error as { code?: unknown; stdout?: string; stderr?: string };
    if (typeof failed.code !== 'number') return { code: null, output: messageOf(error) };
    return { code: failed.code, output: `${failed.stdout ?? ''}${failed.stderr ?? ''}` };
  }
}

/** Whether `user` may enter the folder, every folder above it included. */
export async function canEnter(user: ServerUser, folder: string): Promise<boolean> {
  return (await runAs(user, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder])).code === 0;
}

async function ownerOf(path: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const { uid, gid } = await stat(path);
    return { uid, gid };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Asks `id`, which knows every source of users of the machine, and not only /etc/passwd. */
async function lookUp(name: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)),
    );
    return uid === undefined || gid === undefined ? null : { uid, gid };
  } catch {
    return null;
  }
}
