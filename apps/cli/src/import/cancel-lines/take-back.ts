import type { ApiClient } from '../client/api-client.js';
import { slugOf } from '../client/problem.js';
import { ImportFailure } from '../import-failure.js';
import { keyOfInvoice } from './adjustment-key.js';
import type { Take } from './cancel.decide.js';
import type { OrderDocument } from './order-document.js';
import { newQuantities } from './take.decide.js';

/** What one invoice takes back from one order. */
export interface TakeBack {
  readonly invoice: string;
  readonly orderId: string;
  readonly takes: readonly Take[];
}

/** How often an order may change between reading and adjusting it. */
const MOST_TRIES = 5;

/**
 * Adjusts the order by what an invoice takes back: one adjustment, made against the revision that was read. True when
 * it is new. Ends the import with `order-changed-meanwhile` when the order has less than was decided on.
 */
export async function takeBack(client: ApiClient, source: string, what: TakeBack): Promise<boolean> {
  const path = `/orders/${what.orderId}`;
  const tried = new Set<string>();
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const order = await client.ask<OrderDocument>('GET', path);
    const keys = new Set(order.adjustments.map(({ idempotencyKey }) => idempotencyKey));
    // An answer was lost, and the adjustment was made.
    if ([...tried].some((key) => keys.has(key))) return true;
    const idempotencyKey = freeKey(what.invoice, keys);
    const changes = newQuantities(order, what.takes);
    if (!changes) break;
    const reason = `taken back by invoice ${what.invoice}`;
    const body = { reason, actor: source, expectedRevision: order.revision, idempotencyKey, changes };
    const answer = await client.send('POST', `${path}/adjustments`, body);
    if (answer.status < 300) return answer.status === 201;
    if (slugOf(answer.body) !== 'stale-revision') throw refused(what, answer.body.detail);
    tried.add(idempotencyKey);
  }
  const advice = 'start the import again: it decides the line anew';
  const message = `order ${what.orderId} was changed by others while invoice ${what.invoice} was imported; ${advice}`;
  throw new ImportFailure('order-changed-meanwhile', message);
}

function freeKey(invoice: string, used: ReadonlySet<string | null | undefined>): string {
  for (let nth = 1; ; nth++) {
    const key = keyOfInvoice(invoice, nth);
    if (!used.has(key)) return key;
  }
}

function refused({ invoice, orderId }: TakeBack, why = 'no reason was given'): ImportFailure {
  return new ImportFailure('unexpected-answer', `order ${orderId} refused what invoice ${invoice} takes back: ${why}`);
}
