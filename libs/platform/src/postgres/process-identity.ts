import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

const WATCH_MS = 500;

/**
 * What tells a living process from another one that got the same id later: machine start and process start.
 * Null when no such process lives; a zombie does not live.
 */
export async function processIdentity(pid: number): Promise<string | null> {
  return process.platform === 'linux' ? identityFromProc(pid) : identityFromPs(pid);
}

/** Resolves when the process is gone. One that is not our child tells nobody that it ends, so it is looked at, twice a second. */
export function exitOf(pid: number): Promise<void> {
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

/** The command line of a living process, or null when it is gone or hidden. */
export async function commandLineOf(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    return (await run('ps', ['-o', 'command=', '-p', String(pid)])).stdout;
  } catch {
    return null;
  }
}

async function identityFromProc(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    // The command's name stands in parentheses and may hold anything, spaces and parentheses included.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTime] = [fields[0], fields[19]];
    return state === 'Z' || state === 'X' || startTime === undefined ? null : `${boot.trim()}/${startTime}`;
  } catch {
    return null;
  }
}

async function identityFromPs(pid: number): Promise<string | null> {
  try {
    const { stdout } = await run('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      env: { LC_ALL: 'C', TZ: 'UTC' },
    });
    const [state = '', ...started] = stdout.trim().split(/\s+/);
    return state === '' || state.startsWith('Z') ? null : started.join(' ');
  } catch {
    return null;
  }
}
