import type { ApiClient } from '../client/api-client.js';
import { slugOf } from '../client/problem.js';
import { ImportFailure } from '../import-failure.js';
import { keyOfInvoice } from './adjustment-key.js';
import type { Take } from './cancel.decide.js';
import type { OrderDocument } from './order-document.js';
import { seenOrder, type SeenOrders } from './seen-orders.js';
import { newQuantities } from './take.decide.js';

/** What one invoice takes back from one order. */
export interface TakeBack {
  readonly invoice: string;
  readonly orderId: string;
  readonly takes: readonly Take[];
}

/** How often an order may change between reading and adjusting it. */
const MOST_TRIES = 5;

/** Who takes back, and what is known of orders already. */
export interface TakingBack {
  readonly client: ApiClient;
  readonly source: string;
  readonly seen: SeenOrders;
}

/**
 * Adjusts the order by what an invoice takes back: one adjustment, made against the revision that was seen. An order
 * that has changed since is read again. True when the adjustment is new. Ends the import with `order-changed-meanwhile`
 * when the order has less than was decided on.
 */
export async function takeBack({ client, source, seen }: TakingBack, what: TakeBack): Promise<boolean> {
  const path = `/orders/${what.orderId}`;
  const tried = new Set<string>();
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const remembered = seen.take(what.orderId);
    const order = remembered ?? seenOrder(await client.ask<OrderDocument>('GET', path));
    // An answer was lost, and the adjustment was made.
    if ([...tried].some((key) => order.keys.has(key))) return true;
    const idempotencyKey = freeKey(what.invoice, order.keys);
    const changes = newQuantities(order, what.takes);
    if (!changes && remembered) continue;
    if (!changes) break;
    const reason = `taken back by invoice ${what.invoice}`;
    const body = { reason, actor: source, expectedRevision: order.revision, idempotencyKey, changes };
    const answer = await client.send<OrderDocument>('POST', `${path}/adjustments`, body);
    if (answer.status === 201) seen.see(answer.body);
    if (answer.status < 300) return answer.status === 201;
    const slug = slugOf(answer.body);
    if (slug === 'stale-revision') tried.add(idempotencyKey);
    else if (slug !== 'idempotency-key-reused' || !remembered) throw refused(what, answer.body.detail);
  }
  throw changedMeanwhile(what);
}

function freeKey(invoice: string, used: ReadonlySet<string | null | undefined>): string {
  for (let nth = 1; ; nth++) {
    const key = keyOfInvoice(invoice, nth);
    if (!used.has(key)) return key;
  }
}

function changedMeanwhile({ invoice, orderId }: TakeBack): ImportFailure {
  const advice = 'start the import again: it decides the line anew';
  const message = `order ${orderId} was changed by others while invoice ${invoice} was imported; ${advice}`;
  return new ImportFailure('order-changed-meanwhile', message);
}

function refused({ invoice, orderId }: TakeBack, why = 'no reason was given'): ImportFailure {
  return new ImportFailure('unexpected-answer', `order ${orderId} refused what invoice ${invoice} takes back: ${why}`);
}
