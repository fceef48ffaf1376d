import type { ExecutorRun } from '../change-source/executor-run.js';
import type { EmbeddedContext } from './embedded-source.js';
import type { Leadership } from './leadership.js';
import { receivedUpTo } from './received.js';
import { endOfWal } from './slot.js';

/**
 * True when an executor has applied all that was committed before a moment of the past, in milliseconds since 1970: all has
 * been received, and what waits in the lanes is younger. A stream that is held back keeps on the server what looks lost.
 */
export async function isCaughtUp(
  leadership: Leadership,
  { db }: EmbeddedContext,
  { lanes }: ExecutorRun,
  beforeMs: number,
): Promise<boolean> {
  if (!(await receivedUpTo(leadership, await db.bookkeeping(endOfWal)))) return false;
  return lanes.every((lane) => (lane.waitingSinceMs ?? Infinity) > beforeMs);
}
