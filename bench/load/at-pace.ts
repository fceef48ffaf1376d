import { setTimeout as delay } from 'node:timers/promises';

const TICK_MS = 2;

/**
 * Does each work at its time, not after the one before: a server that is slow gets more at once, as from real clients.
 * Once one has failed no other is begun; when those under way have ended, the first failure is thrown.
 */
export async function atPace(count: number, perSecond: number, work: (nth: number) => Promise<void>): Promise<void> {
  const startMs = performance.now();
  const failures: unknown[] = [];
  const working: Promise<void>[] = [];
  while (working.length < count && failures.length === 0) {
    const due = Math.min(count, Math.floor(((performance.now() - startMs) / 1000) * perSecond) + 1);
    // Who fails must be heard at once: Node.js ends a process that leaves a rejection alone until all is sent.
    while (working.length < due) working.push(work(working.length).catch((error) => void failures.push(error)));
    await delay(TICK_MS);
  }
  await Promise.all(working);
  if (failures.length > 0) throw failures[0];
}
