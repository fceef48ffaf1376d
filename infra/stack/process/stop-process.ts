import { setTimeout as delay } from 'node:timers/promises';
import { lives, type ProcessRecord } from './process-record.js';

const KILL_PATIENCE_MS = 10_000;
const LOOK_MS = 50;

/**
 * Ends a process in order, and when that takes longer than `patienceMs` at once, from which broker and Connect recover without
 * a loss. It is gone when this resolves. Gives whether it ended in order.
 */
export async function stopProcess(record: ProcessRecord, patienceMs: number): Promise<boolean> {
  sendSignal(record.pid, 'SIGTERM');
  if (await goneWithin(record, patienceMs)) return true;
  sendSignal(record.pid, 'SIGKILL');
  await goneWithin(record, KILL_PATIENCE_MS);
  return false;
}

async function goneWithin(record: ProcessRecord, ms: number): Promise<boolean> {
  const endMs = performance.now() + ms;
  while (await lives(record)) {
    if (performance.now() > endMs) return false;
    await delay(LOOK_MS);
  }
  return true;
}

/** A process that is gone already needs no signal. */
function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
