import { setTimeout as pause } from 'node:timers/promises';
import { ImportFailure } from '../import-failure.js';
import type { ApiClient } from './api-client.js';

interface Consumer {
  readonly executor: string;
  readonly state: string;
  readonly lagEvents: number | null;
}

const POLL_MS = 25;
/** Nothing moved for so long: something has stopped. */
const STANDSTILL_MS = 120_000;

/**
 * Waits until every executor that runs has applied everything that was committed before (interfaces 3, `lagEvents`).
 * Ends the import with `orders-stuck` when nothing moves for two minutes.
 */
export async function untilAtRest(client: ApiClient): Promise<void> {
  await until(client, (consumers) => {
    const behind = consumers.filter((consumer) => !['DISABLED', 'PAUSED'].includes(consumer.state));
    return behind.every(({ state, lagEvents }) => state === 'RUNNING' && lagEvents === 0);
  });
}

/**
 * Waits until the intents of a source are decided: none is `received` any more, or the ingestor has nothing left to do
 * and what remains is parked. Ends the import as `untilAtRest` does.
 */
export async function untilIngested(client: ApiClient, source: string): Promise<void> {
  const received = `/order-intents?${new URLSearchParams({ sourceSystem: source, state: 'received', limit: '1' })}`;
  await until(client, async (consumers) => {
    if (consumers.some((c) => c.executor === 'orderIntentIngestor' && c.lagEvents === 0)) return true;
    return (await client.ask<{ items: readonly unknown[] }>('GET', received)).items.length === 0;
  });
}

type Reached = (consumers: readonly Consumer[]) => boolean | Promise<boolean>;

async function until(client: ApiClient, reached: Reached): Promise<void> {
  let seen = '';
  let movedAtMs = Date.now();
  for (;;) {
    const { items } = await client.ask<{ items: readonly Consumer[] }>('GET', '/ops/consumers');
    if (await reached(items)) return;
    const now = items.map(({ executor, state, lagEvents }) => `${executor} ${state} ${lagEvents}`).join(', ');
    if (now !== seen) movedAtMs = Date.now();
    else if (Date.now() - movedAtMs > STANDSTILL_MS) throw stuck(now);
    seen = now;
    await pause(POLL_MS);
  }
}

function stuck(consumers: string): ImportFailure {
  const advice = 'look at `orderkeel lag` and `orderkeel parked`, then start the import again';
  return new ImportFailure('orders-stuck', `the server has stopped applying what was sent (${consumers}); ${advice}`);
}
