import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readPostmaster } from '../../libs/platform/src/postgres/postmaster-file.js';
import { until } from './until.js';

/** What a program that owns a server said: where it is, or why it cannot be. */
export interface ProgramAnswer {
  readonly adminUrl?: string;
  readonly pid?: number;
  readonly code?: string;
  readonly message?: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs `postgres-program.ts` on the folder in a process of its own, as another user if one is given. */
export async function ownerProgram(
  dataDir: string,
  as: { uid?: number; gid?: number } = {},
): Promise<{ program: ChildProcess; answer: ProgramAnswer }> {
  const hooks = join(root, 'test/support/typescript-hooks.mjs');
  const program = spawn(
    process.execPath,
    ['--import', hooks, join(root, 'test/support/postgres-program.ts'), dataDir],
    {
      ...as,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  for await (const line of createInterface({ input: program.stdout }))
    return { program, answer: JSON.parse(line) as ProgramAnswer };
  throw new Error('the program ended without an answer');
}

/** Ends a program with the signal and waits until it is gone. */
export async function endProgram(program: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const gone = once(program, 'exit');
  program.kill(signal);
  await gone;
}

/** A new empty data folder that root's server user may pass through, as if the launcher had made it. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'orderkeel-data-'));
  await chmod(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
  return folder;
}

/** Removes a data folder, ending a server that still runs on it. */
export async function removeFolder(folder: string): Promise<void> {
  const postmaster = await readPostmaster(join(folder, 'postgres', 'cluster'));
  if (postmaster !== null) {
    killed(postmaster.pid, 'SIGQUIT');
    await until(`server ${postmaster.pid} is gone`, () => !killed(postmaster.pid, 0));
  }
  await rm(folder, { recursive: true, force: true });
}

/** Sends a signal; false when no such process lives. */
export function killed(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
