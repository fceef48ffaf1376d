import { HttpClient } from './http-client.js';
import { intentOf, type Assortment } from './intents.js';

/** As many orders as there are, as fast as they are taken. */
export interface BurstWish {
  readonly kind: 'burst';
  readonly url: string;
  /** Of the orders' keys; another one in each run. */
  readonly prefix: string;
  readonly orders: number;
  /** Requests at a time. */
  readonly concurrency: number;
  /** Intents in a request; 1: the single route. */
  readonly batchSize: number;
  /** What orders are made of; all SKUs, unless it is said. */
  readonly assortment?: Assortment | undefined;
}

/** When a burst was sent. */
export interface BurstReport {
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  /** When the last one was acknowledged, milliseconds since 1970. */
  readonly acknowledgedAtMs: number;
}

/** Sends a burst. Throws when one intent is not taken. */
export async function sendBurst({ url, orders, concurrency, batchSize, ...intents }: BurstWish): Promise<BurstReport> {
  const client = new HttpClient(url);
  let next = 0;
  const work = async () => {
    while (next < orders) {
      const first = next;
      next += batchSize;
      await send(client, intents, first, Math.min(batchSize, orders - first));
    }
  };
  const startedAtMs = Date.now();
  await Promise.all(Array.from({ length: concurrency }, work));
  client.close();
  return { startedAtMs, acknowledgedAtMs: Date.now() };
}

type WhatIntents = Pick<BurstWish, 'prefix' | 'assortment'>;

async function send(client: HttpClient, what: WhatIntents, first: number, count: number): Promise<void> {
  const { prefix, assortment } = what;
  if (count === 1) return void (await client.postExpecting(202, '/order-intents', intentOf(prefix, first, assortment)));
  const intents = Array.from({ length: count }, (_, nth) => intentOf(prefix, first + nth, assortment));
  const { results } = await client.postExpecting<{ results: { status: number }[] }>(200, '/order-intents/batch', {
    intents,
  });
  const refused = results.find(({ status }) => status !== 202);
  if (refused || results.length !== count) throw new Error(`a batch was answered with ${JSON.stringify(refused)}`);
}
