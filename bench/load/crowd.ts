import { chance as numbersFrom } from '../../test/support/disturbed.js';
import { chanceFrom, type Chance } from '../../test/kill/random.js';
import { latencyOf, type Latency } from '../report/statistics.js';
import { HttpClient } from './http-client.js';

/** Clients that all work on the same few SKUs, each asking again as soon as it is answered. */
export interface CrowdWish {
  readonly kind: 'crowd';
  readonly url: string;
  readonly clients: number;
  readonly seconds: number;
  /** What they receive and adjust. */
  readonly skus: readonly string[];
  /** What they cancel and adjust. */
  readonly orders: readonly StandingOrder[];
}

/** An order that can be cancelled and adjusted. */
export interface StandingOrder {
  readonly orderId: string;
  readonly orderLineIds: readonly string[];
}

/** What a client may do. */
export type Deed = 'cancel' | 'adjust order' | 'receive' | 'adjust stock';

/** How a crowd was served. */
export interface CrowdReport {
  readonly operationsPerSecond: number;
  /** How often each deed was answered with which HTTP status. */
  readonly answers: Readonly<Record<Deed, Readonly<Record<string, number>>>>;
  /** Of a request, whatever it was answered. */
  readonly answer: Latency;
}

/** Each as often as it stands here. */
const DEEDS: readonly Deed[] = [
  ...(['adjust order', 'adjust order', 'adjust order'] as const),
  ...(['receive', 'receive', 'receive'] as const),
  'adjust stock',
  'cancel',
];
const REASON = 'contention';

/** Lets the clients work for so long, and says how they were answered; a refusal is an answer like any other. */
export async function letCrowdIn(wish: CrowdWish): Promise<CrowdReport> {
  const client = new HttpClient(wish.url);
  const answers: Record<Deed, Record<string, number>> = {
    'adjust order': {},
    receive: {},
    'adjust stock': {},
    cancel: {},
  };
  const answerMs: number[] = [];
  const startMs = performance.now();
  const work = async (seed: number) => {
    const chance = chanceFrom(numbersFrom(seed));
    while (performance.now() - startMs < wish.seconds * 1000) {
      const deed = chance.oneOf(DEEDS);
      const sentMs = performance.now();
      const [path, body] = requestFor(deed, wish, chance);
      const { status } = await client.post(path, body);
      answerMs.push(performance.now() - sentMs);
      answers[deed][status] = (answers[deed][status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: wish.clients }, (_, nth) => work(nth + 1)));
  const seconds = (performance.now() - startMs) / 1000;
  client.close();
  return { operationsPerSecond: answerMs.length / seconds, answers, answer: latencyOf(answerMs) };
}

function requestFor(deed: Deed, { skus, orders }: CrowdWish, chance: Chance): [path: string, body: object] {
  const { orderId, orderLineIds } = chance.oneOf(orders);
  const place = { sku: chance.oneOf(skus), location: 'main' };
  switch (deed) {
    case 'adjust order': {
      const changes = [
        { type: 'lineQuantity', orderLineId: chance.oneOf(orderLineIds), quantity: chance.between(0, 4) },
      ];
      return [`/orders/${orderId}/adjustments`, { reason: REASON, changes }];
    }
    case 'receive':
      return ['/inventory/receipts', { ...place, quantity: chance.between(1, 8) }];
    case 'adjust stock':
      return ['/inventory/stock-adjustments', { ...place, reason: REASON, delta: chance.oneOf([-3, -2, -1, 1, 2]) }];
    case 'cancel':
      return [`/orders/${orderId}/cancel`, { reason: REASON }];
  }
}
