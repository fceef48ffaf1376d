import { setTimeout as pause } from 'node:timers/promises';
import { ImportFailure } from '../import-failure.js';
import type { ApiClient } from './api-client.js';

interface Consumer {
  readonly executor: string;
  readonly state: string;
  readonly lagEvents: number | null;
}

const POLL_MS = 30;
/** What executors say of themselves costs the server more than the other questions, so it is asked more seldom. */
const POLLS_PER_LOOK = 20;
/** Nothing moved for so long: something has stopped. */
const STANDSTILL_MS = 120_000;

/** Waits until every executor that runs has applied everything that was committed before (interfaces 3, `lagEvents`). */
export async function untilAtRest(client: ApiClient): Promise<void> {
  await until(client, isAtRest);
}

/** Waits until the intents of a source are decided, except what is parked. */
export async function untilIngested(client: ApiClient, source: string): Promise<void> {
  const query = new URLSearchParams({ sourceSystem: source, state: 'received', limit: '1' });
  const isIngested = (consumers: readonly Consumer[]) =>
    consumers.some(({ executor, lagEvents }) => executor === 'orderIntentIngestor' && lagEvents === 0);
  await until(client, isIngested, async () => {
    const { items } = await client.ask<{ items: readonly unknown[] }>('GET', `/order-intents?${query}`);
    return items.length === 0;
  });
}

/** Waits until an order, and so those before it, are reserved or backordered; or all executors are at rest. */
export async function untilReserved(client: ApiClient, orderId: string): Promise<void> {
  await until(client, isAtRest, async () => {
    const { entries } = await client.ask<{ entries: readonly { module: string }[] }>(
      'GET',
      `/orders/${orderId}/timeline`,
    );
    return entries.some(({ module }) => module === 'inventory');
  });
}

function isAtRest(consumers: readonly Consumer[]): boolean {
  const running = consumers.filter(({ state }) => !['DISABLED', 'PAUSED'].includes(state));
  return running.every(({ state, lagEvents }) => state === 'RUNNING' && lagEvents === 0);
}

/**
 * Waits until the quick question is answered with yes, or the executors show that waiting is over. Ends the import with
 * `orders-stuck` when nothing moves for two minutes.
 */
async function until(
  client: ApiClient,
  isOver: (consumers: readonly Consumer[]) => boolean,
  quickQuestion?: () => Promise<boolean>,
): Promise<void> {
  let seen = '';
  let movedAtMs = Date.now();
  for (let poll = 1; ; poll++) {
    if (await quickQuestion?.()) return;
    if (!quickQuestion || poll % POLLS_PER_LOOK === 0) {
      const { items } = await client.ask<{ items: readonly Consumer[] }>('GET', '/ops/consumers');
      if (isOver(items)) return;
      const now = items.map(({ executor, state, lagEvents }) => `${executor} ${state} ${lagEvents}`).join(', ');
      if (now !== seen) movedAtMs = Date.now();
      else if (Date.now() - movedAtMs > STANDSTILL_MS) throw stuck(now);
      seen = now;
    }
    await pause(POLL_MS);
  }
}

function stuck(consumers: string): ImportFailure {
  const advice = 'look at `orderkeel lag` and `orderkeel parked`, then start the import again';
  return new ImportFailure('orders-stuck', `the server has stopped applying what was sent (${consumers}); ${advice}`);
}
