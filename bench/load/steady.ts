import { setTimeout as delay } from 'node:timers/promises';
import { latencyOf, type Latency } from '../report/statistics.js';
import { atPace } from './at-pace.js';
import { followToReservation } from './follow-timeline.js';
import { HttpClient } from './http-client.js';
import { intentOf } from './intents.js';
import { ReservationWatch } from './reservation-watch.js';

/** So many timelines a second are followed live; each is a few requests. */
const FOLLOWED_PER_SECOND = 4;
const SETTLED_TICK_MS = 20;
/** After the last acknowledgement. */
const SETTLE_MS = 120_000;
/** What a server answers that has too much to do (interfaces 4). */
const OVERLOADED = new Set([429, 503]);

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
  /** Intents that were not taken since the server had too much to do. */
  readonly refused: number;
  /** Orders that had no reservation two minutes after the last acknowledgement; they are in no percentile. */
  readonly unfinished: number;
  /** Live timelines that were followed, and did not have the reservation's event two minutes after the acknowledgement. */
  readonly timelineMissing: number;
  /** Until the reservation is there for others to read. */
  readonly reservation: Latency;
  /** Until a client has the reservation's event of the live timeline; of a sample of the orders. */
  readonly timelineEvent: Latency;
  /** Of the request itself. */
  readonly acknowledgement: Latency;
  /** CPU that PostgreSQL used for seeing whether reservations are there, seconds; it is not the product's. */
  readonly lookSeconds: number;
}

/** Sends orders steadily, one request each, and waits until all are reserved, or two minutes. */
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
  let refused = 0;
  let timelineMissing = 0;
  const send = async (nth: number) => {
    const sentMs = performance.now();
    const intent = intentOf(prefix, nth);
    const { status, body } = await client.post('/order-intents', intent);
    if (OVERLOADED.has(status)) return void (refused += 1);
    if (status !== 202) throw new Error(`an intent was answered ${status}: ${JSON.stringify(body)}`);
    const { orderId } = body as { orderId: string };
    const nowMs = performance.now();
    acknowledgedAtMs.set(orderId, nowMs);
    watch.expect(orderId);
    answerMs.push(nowMs - sentMs);
    if (nth % followEvery !== 0) return;
    const eventAtMs = await followToReservation(url, orderId, SETTLE_MS);
    if (eventAtMs === null) return void (timelineMissing += 1);
    // Seen before the client had its answer: no time at all.
    eventMs.push(Math.max(0, eventAtMs - nowMs));
  };
  try {
    await atPace(orders, perSecond, send);
    await untilReserved(watch);
  } finally {
    await watch.stop();
    client.close();
  }
  const reservationMs = [...acknowledgedAtMs].flatMap(([id, ms]) => {
    const seenAtMs = watch.seenAtMs.get(id);
    return seenAtMs === undefined ? [] : seenAtMs - ms;
  });
  return {
    orders,
    refused,
    unfinished: acknowledgedAtMs.size - reservationMs.length,
    timelineMissing,
    reservation: latencyOf(reservationMs),
    timelineEvent: latencyOf(eventMs),
    acknowledgement: latencyOf(answerMs),
    lookSeconds: watch.cpuSeconds,
  };
}

async function untilReserved(watch: ReservationWatch): Promise<void> {
  const untilMs = performance.now() + SETTLE_MS;
  while (performance.now() < untilMs && !watch.idle) await delay(SETTLED_TICK_MS);
}
