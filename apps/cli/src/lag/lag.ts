import { withOrderkeel } from '../reach/reach.js';
import { bodyOf } from '../reach/reached.js';
import { elapsedText } from '../terminal/elapsed.js';
import { countText } from '../terminal/numbers.js';
import { paint } from '../terminal/paint.js';
import { say, sayJson } from '../terminal/say.js';
import { table, type Column } from '../terminal/table.js';
import type { ConsumerAnswer } from './consumer-answer.js';

const COLUMNS: readonly Column[] = [
  { title: 'executor' },
  { title: 'state' },
  { title: 'behind', align: 'right' },
  { title: 'oldest', align: 'right' },
  { title: 'parked', align: 'right' },
  { title: '' },
];

/** Shows every executor: what waits for it, since when, and which keys are parked. */
export async function showLag(json: boolean): Promise<void> {
  await withOrderkeel(async (reached) => {
    const { items } = await bodyOf<{ items: readonly ConsumerAnswer[] }>(reached, 'GET', '/ops/consumers');
    if (json) return sayJson(items);
    say(...table(COLUMNS, items.map(rowOf)));
    if (reached.via === 'database')
      say('', 'No server runs on this data folder: how far they are behind is not known.');
  });
}

function rowOf(consumer: ConsumerAnswer): string[] {
  const { executor, state, lagEvents, lagSeconds, parkedKeys, reason, snapshotKeysLeft } = consumer;
  return [
    executor,
    state === 'RUNNING' ? paint.good(state) : state === 'DISABLED' ? paint.dim(state) : paint.warning(state),
    known(lagEvents, state, countText),
    known(lagSeconds, state, (seconds) => (seconds === 0 ? '-' : elapsedText(seconds * 1000))),
    parkedKeys === 0 ? '0' : paint.warning(countText(parkedKeys)),
    snapshotKeysLeft === null ? (reason ?? '') : `${countText(snapshotKeysLeft)} keys of the past left`,
  ];
}

/** What is switched off is not behind; of the others a missing figure is not known. */
function known(figure: number | null, state: ConsumerAnswer['state'], text: (figure: number) => string): string {
  if (figure !== null) return text(figure);
  return paint.dim(state === 'DISABLED' ? '-' : '?');
}
