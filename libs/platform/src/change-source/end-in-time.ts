import { setTimeout as delay } from 'node:timers/promises';
import type { StreamLog } from '../reaction/stream-log.js';

/** How long the work at hand may take to end (reliability 3.12). */
const FINISH_MS = 10_000;

/** Waits until work has ended, at most 10 s; then it is abandoned, and what it still writes is refused by the fence. */
export async function endInTime(work: Promise<unknown>, log: StreamLog): Promise<void> {
  const late = delay(FINISH_MS, 'late', { ref: false });
  if ((await Promise.race([work, late])) === 'late') log.abandoned(FINISH_MS);
}
