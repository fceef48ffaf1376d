import { until } from '../support/until.js';

const REST_MS = 60_000;
/** An answer may say "nothing waits" of one hop while the next one has just begun: so many in a row, one per hop. */
const QUIET_IN_A_ROW = 5;

/** Waits until everything is applied; milliseconds that it took. */
export async function untilAtRest(url: () => string | null): Promise<number> {
  const sinceMs = performance.now();
  let quiet = 0;
  let seen = '';
  await until(
    'everything is at rest',
    async () => {
      const answer = await fetch(`${url()}/ops/consumers`);
      seen = await answer.text();
      const { items } = JSON.parse(seen) as { items: { state: string; lagEvents: number | null }[] };
      const isQuiet = items.every(({ state, lagEvents }) => state === 'RUNNING' && lagEvents === 0);
      quiet = isQuiet ? quiet + 1 : 0;
      return quiet >= QUIET_IN_A_ROW;
    },
    REST_MS,
  ).catch((error: Error) => {
    throw new Error(`${error.message}: ${seen}`);
  });
  return performance.now() - sinceMs;
}
