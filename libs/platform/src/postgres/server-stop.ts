import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from './start-error.js';

/** How long a fast shutdown may take before it becomes an immediate one (which the next start recovers from). */
const FAST_SHUTDOWN_MS = 30_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;

/**
 * Ends a server and waits until it is gone: sessions are cut and a checkpoint is written; when that takes longer than
 * 30 s (a reader of the change stream that does not answer is waited for without limit), it is ended as by a crash.
 */
export async function stopServer(server: { pid: number; exited: Promise<void> }): Promise<void> {
  const steps = [
    ['SIGINT', FAST_SHUTDOWN_MS],
    ['SIGQUIT', IMMEDIATE_SHUTDOWN_MS],
    ['SIGKILL', IMMEDIATE_SHUTDOWN_MS],
  ] as const;
  for (const [signal, patienceMs] of steps) {
    if (await exitsWithin(0, server.exited)) return;
    sendSignal(server.pid, signal);
    if (await exitsWithin(patienceMs, server.exited)) return;
  }
}

async function exitsWithin(ms: number, exited: Promise<void>): Promise<boolean> {
  const enough = new AbortController();
  const late = delay(ms, false, { signal: enough.signal }).catch(() => false);
  const gone = await Promise.race([exited.then(() => true), late]);
  enough.abort();
  return gone;
}

/** A process that is gone already needs no signal. */
function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}
