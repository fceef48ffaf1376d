import type { ConsumerAnswer } from '../lag/consumer-answer.js';
import { bodyOf, type Reached } from '../reach/reached.js';
import { elapsedText } from '../terminal/elapsed.js';
import { counted } from '../terminal/numbers.js';
import { error, found, warning, type Finding, type Look } from './look.js';

const LATE_SECONDS = 60;

/** The executors: paused ones, late ones, and keys that are parked. */
export async function lookAtExecutors(reached: Reached): Promise<Look> {
  const { items } = await bodyOf<{ items: readonly ConsumerAnswer[] }>(reached, 'GET', '/ops/consumers');
  const enabled = items.filter(({ state }) => state !== 'DISABLED');
  const off = items.length - enabled.length;
  const says = `${enabled.length} enabled${off > 0 ? `, ${off} disabled` : ''}${behind(enabled)}`;
  return found('executors', says, ...enabled.flatMap((consumer) => [...findings(consumer, reached.url)]));
}

/** What waits, as far as it is known: of an executor that does not run, nobody knows it. */
function behind(consumers: readonly ConsumerAnswer[]): string {
  const lags = consumers.flatMap(({ lagEvents }) => (lagEvents === null ? [] : [lagEvents]));
  const unknown = consumers.filter(({ lagEvents }) => lagEvents === null).map(({ executor }) => executor);
  if (lags.length === 0) return unknown.length === 0 ? '' : ', what waits is not known';
  const most = Math.max(...lags);
  const behindText = `at most ${counted(most, 'event')} behind`;
  if (unknown.length === 0) return most === 0 ? ', nothing waits' : `, ${behindText}`;
  const known = most === 0 ? `nothing waits for ${lags.length}` : `${lags.length} ${behindText}`;
  return `; ${known}, and for ${unknown.join(', ')} that is not known`;
}

function* findings(consumer: ConsumerAnswer, url: string | null): Generator<Finding> {
  const { executor, state, reason, lagSeconds, parkedKeys } = consumer;
  const resume = `curl -X POST ${url ?? '<the server>'}/ops/consumers/${executor}/resume`;
  if (state === 'PAUSED' || reason?.startsWith('paused'))
    yield error(`${executor} is paused (${reason ?? 'by hand'}): mend the cause, then ${resume}`);
  else if (lagSeconds !== null && lagSeconds > LATE_SECONDS)
    yield warning(
      `${executor} is ${elapsedText(lagSeconds * 1000)} behind: see the server's log for what holds it up.`,
    );
  if (parkedKeys > 0)
    yield warning(`${executor} has parked ${counted(parkedKeys, 'key')}: "npx orderkeel parked" shows why.`);
}
