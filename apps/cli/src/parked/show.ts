import { withOrderkeel } from '../reach/reach.js';
import { bodyIfThere } from '../reach/reached.js';
import { minuteText } from '../terminal/instant.js';
import { say, sayJson } from '../terminal/say.js';
import { retryText } from './list.js';
import { notParked, parkedPath, type ParkedAnswer } from './parked-answer.js';

/** Shows why a key is parked, and the change events that wait, as they came. */
export async function showParked(executor: string, key: string, json: boolean): Promise<void> {
  await withOrderkeel(async (reached) => {
    const path = parkedPath(executor, key);
    const parked = await bodyIfThere<ParkedAnswer & { envelopes: readonly unknown[] }>(reached, 'GET', path);
    if (parked === null) throw notParked(executor, key);
    if (json) return sayJson(parked);
    const { module, reason, errorClass, attempts, nextRetryAt, parkedAt, events, envelopes } = parked;
    say(
      `${executor} (${module}) parked ${key} at ${minuteText(parkedAt)}`,
      `  error        ${errorClass} ${reason}`,
      `  tried again  ${attempts} times; next: ${retryText(nextRetryAt, Date.now())}`,
      `  waiting      ${events} events${envelopes.length < events ? `, of which the first ${envelopes.length}` : ''}:`,
      ...envelopes.map((envelope) => JSON.stringify(envelope, null, 2)),
    );
  });
}
