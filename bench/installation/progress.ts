import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { keyOf, SOURCE_SYSTEM } from '../load/intents.js';
import type { Profile } from '../options.js';

const LOOK_EVERY_MS = 50;
const REST_EVERY_MS = 200;
const PATIENCE_MS = 300_000;

/** The namespace of the status that the last enabled executor writes. */
const LAST: Readonly<Record<Profile, string>> = { order: 'order', 'order+inventory': 'inventory' };

/** What is waited for. */
interface Sent {
  readonly profile: Profile;
  /** Of the intents' keys. */
  readonly prefix: string;
  readonly orders: number;
  /** When the first one was sent, milliseconds since 1970. */
  readonly sinceMs: number;
}

/**
 * Waits until all orders that were sent have the status of the last executor that writes one; gives when that was seen,
 * milliseconds since 1970. All are counted only once the last intent's order is there: to count them at every look would
 * take much of what is measured. Throws when it takes minutes.
 */
export async function untilWorkedThrough(database: pg.Client, sent: Sent): Promise<number> {
  const until = performance.now() + PATIENCE_MS;
  const last = await lastOrder(database, sent);
  for (;;) {
    const nowMs = Date.now();
    const count = (await isThrough(database, sent, last)) ? await countThrough(database, sent) : 0;
    if (count === sent.orders) return nowMs;
    if (count > sent.orders) throw new Error(`${count} orders came of ${sent.orders} intents`);
    if (performance.now() > until)
      throw new Error(`only ${await countThrough(database, sent)} of ${sent.orders} came through`);
    await delay(LOOK_EVERY_MS);
  }
}

/** The id that the last intent's order has or will have. */
async function lastOrder(database: pg.Client, { prefix, orders }: Sent): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT order_id AS id FROM "order".order_intent
      WHERE order_intent_id = $1 AND source_system = $2 AND tenant_id IS NULL`,
    [keyOf(prefix, orders - 1), SOURCE_SYSTEM],
  );
  return rows[0]!.id;
}

async function isThrough(database: pg.Client, { profile }: Sent, orderId: string): Promise<boolean> {
  const { rowCount } = await database.query({
    name: 'through',
    text: 'SELECT FROM "order".order_status_history WHERE order_id = $1 AND module = $2',
    values: [orderId, LAST[profile]],
  });
  return rowCount! > 0;
}

async function countThrough(database: pg.Client, { profile, sinceMs }: Sent): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(DISTINCT order_id)::int AS count FROM "order".order_status_history
      WHERE module = $1 AND recorded_at >= to_timestamp($2)`,
    [LAST[profile], sinceMs / 1000],
  );
  return rows[0]!.count;
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
