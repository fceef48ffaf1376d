import { setTimeout as delay } from 'node:timers/promises';
import { latencyOf, type Latency } from '../report/statistics.js';
import { followToReservation } from './follow-timeline.js';
import { HttpClient } from './http-client.js';
import { intentOf } from './intents.js';
import { ReservationWatch } from './reservation-watch.js';

/** So many timelines a second are followed live; each is a few requests. */
const FOLLOWED_PER_SECOND = 4;
const TICK_MS = 2;
const SETTLE_MS = 60_000;

/** Orders at a steady pace, whatever the server does. */
export interface SteadyWish {
  readonly kind: 'steady';
  readonly url: string;
  readonly databaseUrl: string;
  readonly prefix: string;
  readonly perSecond: number;
  readonly seconds: number;
}

/** How long orders took from the acknowledgement of their intent. */
export interface SteadyReport {
  readonly orders: number;
  /** Until the reservation is there for others to read. */
  readonly reservation: Latency;
  /** Until a client has the reservation's event of the live timeline; of a sample of the orders. */
  readonly timelineEvent: Latency;
  /** Of the request itself. */
  readonly acknowledgement: Latency;
}

/** Sends orders steadily, one request each, and waits until all are reserved. Throws when one is not. */
export async function sendSteadily(wish: SteadyWish): Promise<SteadyReport> {
  const { url, databaseUrl, prefix, perSecond, seconds } = wish;
  const client = new HttpClient(url);
  const watch = new ReservationWatch(databaseUrl);
  await watch.start();
  const orders = perSecond * seconds;
  const followEvery = Math.max(1, Math.round(perSecond / FOLLOWED_PER_SECOND));
  const acknowledgedAtMs = new Map<string, number>();
  const answerMs: number[] = [];
  const eventMs: number[] = [];
  const send = async (nth: number) => {
    const sentMs = performance.now();
    const intent = intentOf(prefix, nth);
    const { orderId } = await client.postExpecting<{ orderId: string }>(202, '/order-intents', intent);
    const nowMs = performance.now();
    acknowledgedAtMs.set(orderId, nowMs);
    answerMs.push(nowMs - sentMs);
    if (nth % followEvery === 0) eventMs.push((await followToReservation(url, orderId)) - nowMs);
  };
  await atPace(orders, perSecond, send);
  await reserved(acknowledgedAtMs, watch.seenAtMs);
  await watch.stop();
  client.close();
  // Seen before the client had its answer: no time at all.
  const reservationMs = [...acknowledgedAtMs].map(([id, ms]) => Math.max(0, watch.seenAtMs.get(id)! - ms));
  return {
    orders,
    reservation: latencyOf(reservationMs),
    timelineEvent: latencyOf(eventMs.map((ms) => Math.max(0, ms))),
    acknowledgement: latencyOf(answerMs),
  };
}

/** Does each work at its time, not after the one before: a server that is slow gets more at once, as from real clients. */
async function atPace(count: number, perSecond: number, work: (nth: number) => Promise<void>): Promise<void> {
  const startMs = performance.now();
  const working: Promise<void>[] = [];
  while (working.length < count) {
    const due = Math.min(count, Math.floor(((performance.now() - startMs) / 1000) * perSecond) + 1);
    while (working.length < due) working.push(work(working.length));
    await delay(TICK_MS);
  }
  await Promise.all(working);
}

async function reserved(orders: ReadonlyMap<string, number>, seen: ReadonlyMap<string, number>): Promise<void> {
  const untilMs = performance.now() + SETTLE_MS;
  for (;;) {
    const missing = [...orders.keys()].filter((id) => !seen.has(id)).length;
    if (missing === 0) return;
    if (performance.now() > untilMs) throw new Error(`${missing} orders have no reservation`);
    await delay(TICK_MS);
  }
}
