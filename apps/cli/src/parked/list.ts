import { withOrderkeel } from '../reach/reach.js';
import { allItems } from '../reach/reached.js';
import { elapsedText } from '../terminal/elapsed.js';
import { say, sayJson } from '../terminal/say.js';
import { table, type Column } from '../terminal/table.js';
import type { ParkedAnswer } from './parked-answer.js';

const COLUMNS: readonly Column[] = [
  { title: 'executor' },
  { title: 'key' },
  { title: 'events', align: 'right' },
  { title: 'since', align: 'right' },
  { title: 'tried again' },
  { title: 'error' },
];

/** Lists all parked keys. */
export async function listParked(json: boolean): Promise<void> {
  await withOrderkeel(async (reached) => {
    const keys = await allItems<ParkedAnswer>(reached, '/ops/parked');
    if (json) return sayJson(keys);
    if (keys.length === 0) return say('No key is parked.');
    say(
      ...table(
        COLUMNS,
        keys.map((key) => rowOf(key, Date.now())),
      ),
    );
  });
}

function rowOf({ executor, key, events, parkedAt, nextRetryAt, errorClass, reason }: ParkedAnswer, nowMs: number) {
  const since = elapsedText(Math.max(0, nowMs - Date.parse(parkedAt)));
  return [executor, key, String(events), since, retryText(nextRetryAt, nowMs), `${errorClass} ${reason}`];
}

/** When a key is tried again by itself. */
export function retryText(nextRetryAt: string | null, nowMs: number): string {
  if (nextRetryAt === null) return 'by hand only';
  const ms = Date.parse(nextRetryAt) - nowMs;
  return ms > 0 ? `in ${elapsedText(ms)}` : 'now';
}
