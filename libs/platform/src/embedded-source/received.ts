import type { Leadership } from './leadership.js';

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
