import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { replaceFile } from '../private-file.js';
import { StackError } from '../stack-error.js';
import { launchOf, type JavaProgram } from './java-program.js';
import { lives, writeRecord, type ProcessRecord } from './process-record.js';
import { explainStart } from './start-failure.js';

const LOG_KEPT_BYTES = 16 * 1024 * 1024;
const LOG_READ_BYTES = 64 * 1024;
const READY_MS = 180_000;
const LOOK_MS = 50;

/**
 * Starts the program on these ports and waits until it serves. It is a group of its own, so that Ctrl-C does not reach it,
 * and outlives this process. Throws `port-taken` or `start-failed`.
 */
export async function startProcess(
  program: JavaProgram,
  ports: readonly [number, ...number[]],
): Promise<ProcessRecord> {
  const launch = launchOf(program, ports);
  await replaceFile(launch.settingsFile, launch.settingsText);
  await program.prepare?.(launch.settingsFile);
  const logFile = logIn(program.folder);
  await turnLog(logFile);
  const log = await open(logFile, 'a', 0o600);
  const logStart = (await log.stat()).size;
  const child = spawn(program.java, launch.args, {
    cwd: program.folder,
    env: bareEnvironment(),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  await once(child, 'spawn');
  child.unref();
  await log.close();
  const record = await writeRecord(program.folder, { pid: child.pid!, ports, fingerprint: launch.fingerprint });
  if (await servesWithin(program, record, READY_MS)) return record;
  if (!(await lives(record)))
    throw explainStart({ title: program.title, logFile, log: await readLog(program.folder, logStart) });
  throw new StackError(
    'start-failed',
    `${READY_MS / 1000} s are over, and ${program.title} does not serve: see ${logFile}`,
  );
}

/** Waits until the process serves; false when it ended, or the time is over. */
export async function servesWithin(program: JavaProgram, record: ProcessRecord, ms: number): Promise<boolean> {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs && (await lives(record))) {
    if (await program.serves(record.ports[0])) return true;
    await delay(LOOK_MS);
  }
  return false;
}

/** The log of the program in a folder, from a byte on, but no more than its end. */
export async function readLog(folder: string, from = 0): Promise<string> {
  const bytes = await readFile(logIn(folder));
  return bytes.subarray(Math.max(from, bytes.length - LOG_READ_BYTES)).toString('utf8');
}

function logIn(folder: string): string {
  return join(folder, 'output.log');
}

/** What Java itself may want; nothing of ours, which may hold passwords. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'JAVA_HOME'];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

/** The log is turned over between two runs, and grows by trouble within one. */
async function turnLog(path: string): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_KEPT_BYTES) await rename(path, `${path}.1`);
}
