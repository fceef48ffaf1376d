import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Profile } from '../options.js';

const LOOK_EVERY_MS = 50;
const REST_EVERY_MS = 200;
const PATIENCE_MS = 300_000;

/** The namespace of the status that the last enabled executor writes. */
const LAST: Readonly<Record<Profile, string>> = { order: 'order', 'order+inventory': 'inventory' };

/**
 * Waits until so many orders have got, since a moment, the status of the last executor that writes one; gives when that was
 * seen, milliseconds since 1970. Throws when it takes minutes.
 */
export async function untilWorkedThrough(
  database: pg.Client,
  { profile, orders, sinceMs }: { profile: Profile; orders: number; sinceMs: number },
): Promise<number> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await database.query<{ count: number }>({
      name: 'worked-through',
      text: `SELECT count(DISTINCT order_id)::int AS count FROM "order".order_status_history
              WHERE module = $1 AND recorded_at >= to_timestamp($2)`,
      values: [LAST[profile], sinceMs / 1000],
    });
    if (rows[0]!.count === orders) return Date.now();
    if (rows[0]!.count > orders) throw new Error(`${rows[0]!.count} orders came of ${orders} intents`);
    if (performance.now() > until) throw new Error(`only ${rows[0]!.count} of ${orders} orders came through`);
    await delay(LOOK_EVERY_MS);
  }
}

/** Waits until no executor has anything left to do, also those that write no status. */
export async function untilAtRest(url: string): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const { items } = (await (await fetch(`${url}/ops/consumers`)).json()) as {
      items: { state: string; lagEvents: number | null }[];
    };
    const enabled = items.filter(({ state }) => state !== 'DISABLED');
    if (enabled.every(({ state, lagEvents }) => state === 'RUNNING' && lagEvents === 0)) return;
    if (performance.now() > until) throw new Error(`executors do not come to rest: ${JSON.stringify(enabled)}`);
    await delay(REST_EVERY_MS);
  }
}
