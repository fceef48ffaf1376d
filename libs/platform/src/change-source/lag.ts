import type { ExecutorRun } from './executor-run.js';

/** How far an executor is behind. */
export interface Lag {
  /** Changes received and not applied; 0 only when everything committed before the question is applied; null: not known. */
  readonly events: number | null;
  /** Age of the oldest change that waits, 0 when none does; null: not known. */
  readonly seconds: number | null;
  /** Since it applied something, or had nothing to do. */
  readonly secondsSinceProgress: number;
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
