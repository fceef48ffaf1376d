import { CommandFailure } from '../exit/command-failure.js';
import { bodyIfThere, bodyOf, type Reached } from '../reach/reached.js';
import type { OrderAnswer } from './order-answer.js';

interface IntentAnswer {
  readonly id: string;
  readonly orderId: string;
  readonly orderIntentId: string;
  readonly sourceSystem: string;
  readonly state: 'received' | 'accepted' | 'rejected' | 'held';
  readonly rejection: { readonly reasons: readonly { readonly message: string }[] } | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The order that somebody means: by its id, or by an external order id or order intent id that one order alone has.
 * A CommandFailure says which ones it may be, or what became of an intent that is no order.
 */
export async function findOrder(reached: Reached, id: string): Promise<OrderAnswer> {
  const orders = new Map<string, OrderAnswer>();
  const keep = (order: OrderAnswer | null) => order && orders.set(order.orderId, order);
  if (UUID.test(id)) keep(await orderOf(reached, id));
  const named = await list<OrderAnswer>(reached, '/orders', { externalOrderId: id });
  for (const order of named) keep(order);
  const intents = await intentsOf(reached, id);
  for (const { orderId, state } of intents) if (state === 'accepted') keep(await orderOf(reached, orderId));
  const [found, ...others] = orders.values();
  if (!found) throw noOrder(id, intents[0]);
  if (others.length > 0) throw ambiguous(id, [found, ...others]);
  return found;
}

function orderOf(reached: Reached, orderId: string): Promise<OrderAnswer | null> {
  return bodyIfThere<OrderAnswer>(reached, 'GET', `/orders/${orderId}`);
}

async function intentsOf(reached: Reached, id: string): Promise<readonly IntentAnswer[]> {
  const named = await list<IntentAnswer>(reached, '/order-intents', { orderIntentId: id });
  const own = UUID.test(id) ? await bodyIfThere<IntentAnswer>(reached, 'GET', `/order-intents/${id}`) : null;
  return own ? [own, ...named] : named;
}

async function list<Item>(reached: Reached, path: string, query: Record<string, string>): Promise<readonly Item[]> {
  const search = new URLSearchParams({ ...query, limit: '10' });
  return (await bodyOf<{ items: readonly Item[] }>(reached, 'GET', `${path}?${search}`)).items;
}

function ambiguous(id: string, orders: readonly OrderAnswer[]): CommandFailure {
  const each = orders.map(
    ({ orderId, sourceSystem, orderIntentId }) => `  ${orderId}  ${sourceSystem} ${orderIntentId}`,
  );
  return new CommandFailure(
    'not-there',
    [`Several orders are called ${id}:`, ...each, 'Give the id of one.'].join('\n'),
  );
}

function noOrder(id: string, intent: IntentAnswer | undefined): CommandFailure {
  if (!intent) {
    const names = 'order id, external order id or order intent id';
    return new CommandFailure('not-there', `No order has the ${names} ${id}: GET /orders lists what is there.`);
  }
  const which = `Intent ${intent.orderIntentId} of ${intent.sourceSystem}`;
  if (intent.state === 'rejected') {
    const reasons = intent.rejection?.reasons.map(({ message }) => message).join('; ');
    return new CommandFailure('not-there', `${which} was rejected: ${reasons}. Correct it and submit it again.`);
  }
  if (intent.state === 'held')
    return new CommandFailure('not-there', `${which} is held by a guard: it is no order yet.`);
  return new CommandFailure('not-there', `${which} is received and not decided yet: see "npx orderkeel lag".`);
}
