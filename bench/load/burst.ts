import { HttpClient } from './http-client.js';
import { intentOf } from './intents.js';

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
}

/** When a burst was sent. */
export interface BurstReport {
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  /** When the last one was acknowledged, milliseconds since 1970. */
  readonly acknowledgedAtMs: number;
}

/** Sends a burst. Throws when one intent is not taken. */
export async function sendBurst({ url, prefix, orders, concurrency, batchSize }: BurstWish): Promise<BurstReport> {
  const client = new HttpClient(url);
  let next = 0;
  const work = async () => {
    while (next < orders) {
      const first = next;
      next += batchSize;
      await send(client, prefix, first, Math.min(batchSize, orders - first));
    }
  };
  const startedAtMs = Date.now();
  await Promise.all(Array.from({ length: concurrency }, work));
  client.close();
  return { startedAtMs, acknowledgedAtMs: Date.now() };
}

async function send(client: HttpClient, prefix: string, first: number, count: number): Promise<void> {
  if (count === 1) return void (await client.postExpecting(202, '/order-intents', intentOf(prefix, first)));
  const intents = Array.from({ length: count }, (_, nth) => intentOf(prefix, first + nth));
  const { results } = await client.postExpecting<{ results: { status: number }[] }>(200, '/order-intents/batch', {
    intents,
  });
  const refused = results.find(({ status }) => status !== 202);
  if (refused || results.length !== count) throw new Error(`a batch was answered with ${JSON.stringify(refused)}`);
}
