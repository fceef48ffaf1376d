import type { ExecutorRun } from './executor-run.js';
import type { Leadership } from './leadership.js';

/** How far an executor is behind. */
export interface Lag {
  /** Changes received and not applied; 0 only when everything committed before the question is applied; null: not known. */
  readonly events: number | null;
  /** Age of the oldest change that waits, 0 when none does; null: not known. */
  readonly seconds: number | null;
  /** Since it applied something, or had nothing to do. */
  readonly secondsSinceProgress: number;
}

const ASK_EVERY_MS = 25;
const ANSWER_WITHIN_MS = 2_000;

/**
 * Waits until the server has sent everything that was committed below an LSN. It is asked for a reply now and then; an
 * idle server answers with its end of WAL. False: the stream is held back, or the answer did not come.
 */
export async function receivedUpTo(leadership: Leadership, lsn: bigint): Promise<boolean> {
  const until = performance.now() + ANSWER_WITHIN_MS;
  while (leadership.reader.receivedLsn < lsn) {
    if (performance.now() > until) return false;
    leadership.reader.requestReply();
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  return true;
}

/** The lag of an executor whose changes up to the moment in question have been received. */
export function lagOf(run: ExecutorRun, nowMs: number): Lag {
  const waiting = run.lanes.map((lane) => lane.waitingSinceMs).filter((ms) => ms !== null);
  const events = run.lanes.reduce((sum, lane) => sum + lane.waiting, 0);
  const known = run.lanes.every((lane) => !lane.incomplete);
  const oldest = waiting.length > 0 ? Math.max(0, nowMs - Math.min(...waiting)) : 0;
  return {
    events: known ? events : null,
    seconds: known ? oldest / 1000 : null,
    secondsSinceProgress: run.secondsSinceProgress(nowMs),
  };
}
