import { randomUUID } from 'node:crypto';
import { page, problem, type ModelAnswer, type ModelRequest } from './model-answer.js';

interface Line {
  readonly orderLineId: string;
  readonly sku: string;
  readonly quantity: string;
}

interface Adjustment {
  readonly revision: number;
  readonly idempotencyKey: string;
  readonly changes: readonly { readonly type: string; readonly orderLineId: string; readonly quantity: string }[];
}

interface Intent {
  readonly orderIntentId: string;
  readonly sourceSystem: string;
  readonly customerRef: string;
  readonly submittedAt: string;
  readonly lineItems: readonly { readonly sku: string; readonly quantity: string }[];
}

interface Order {
  readonly orderId: string;
  readonly intent: Intent;
  readonly content: string;
  readonly lineItems: readonly Line[];
  readonly adjustments: Adjustment[];
  /** What becomes of the intent. Only accepted ones are orders. */
  readonly decision: string;
  /** The request from which on it is decided. */
  readonly decidedAt: number;
}

/** Intents and orders of the model server. */
export class ModelOrders {
  private readonly orders = new Map<string, Order>();
  private readonly byId = new Map<string, Order>();
  /** Whether the ingestor rejects an intent, given as JSON text. */
  rejects = (content: string): boolean => content === '';
  /** After so many more requests an intent is accepted or rejected. */
  decidesAfter = 0;
  /** So often the last order is asked for in vain before it is reserved. */
  reservesAfter = 0;
  /** Adjustments that came before that. */
  adjustedEarly = 0;
  private requests = 0;

  answer({ method, path, query, body }: ModelRequest): ModelAnswer | undefined {
    this.requests += 1;
    const [, collection, id = '', action] = path.split('/');
    if (collection === 'order-intents' && method === 'GET') return page(this.intents(query), query);
    if (collection === 'order-intents' && id === 'batch')
      return this.submitAll((body as { intents: Intent[] }).intents);
    if (collection === 'order-intents') return this.submit(body as Intent);
    if (collection !== 'orders') return undefined;
    if (id === '') return page(this.ordersOf(query).map(document), query);
    const order = this.byId.get(id);
    if (!order || this.stateOf(order) !== 'accepted') return problem(404, 'not-found');
    if (action === 'timeline') return this.timeline(id);
    if (action === 'adjustments' && this.reservesAfter > 0) this.adjustedEarly += 1;
    if (action === 'adjustments') return adjust(order, body as Adjustment & { expectedRevision: number });
    return { status: 200, body: document(order) };
  }

  private timeline(orderId: string): ModelAnswer {
    const entries = this.reservesAfter > 0 ? [] : [{ module: 'inventory' }];
    this.reservesAfter -= 1;
    return { status: 200, body: { orderId, entries } };
  }

  /** As GET /ops/consumers shows it. */
  ingestor(): object {
    this.requests += 1;
    const undecided = [...this.orders.values()].filter((order) => this.stateOf(order) === 'received');
    return { executor: 'orderIntentIngestor', module: 'order', state: 'RUNNING', lagEvents: undecided.length };
  }

  /** SKU -> effective quantity. */
  quantitiesOf(orderIntentId: string): object {
    const lines = effective(this.named(orderIntentId));
    return Object.fromEntries(lines.map(({ sku, quantity }) => [sku, quantity]));
  }

  /** Somebody changes all lines of an order. */
  adjustByHand(orderIntentId: string, quantity: string): void {
    const { adjustments, lineItems } = this.named(orderIntentId);
    const changes = lineItems.map(({ orderLineId }) => ({ type: 'lineQuantity', orderLineId, quantity }));
    adjustments.push({ revision: adjustments.length + 2, idempotencyKey: 'by hand', changes });
  }

  private named(orderIntentId: string): Order {
    const order = [...this.orders.values()].find(({ intent }) => intent.orderIntentId === orderIntentId);
    if (!order) throw new Error(`the model server has no order ${orderIntentId}`);
    return order;
  }

  state(): object {
    const orders = [...this.orders].map(([id, order]) => `${id} ${order.content} ${JSON.stringify(effective(order))}`);
    const adjustments = [...this.orders].flatMap(([id, order]) =>
      order.adjustments.map(({ idempotencyKey, revision }) => `${id} ${revision} ${idempotencyKey}`),
    );
    return { orders: orders.map(withoutIds).sort(), adjustments: adjustments.sort() };
  }

  private submitAll(intents: readonly Intent[]): ModelAnswer {
    if (intents.some(isTooDeep)) return problem(400, 'invalid-request');
    const results = intents.map((intent, index) => {
      const { status, body } = this.submit(intent);
      const orderId = (body as { orderId?: string }).orderId;
      return { index, status, ...(status < 300 ? { orderId } : { problem: body }) };
    });
    return { status: 200, body: { results } };
  }

  private submit(intent: Intent): ModelAnswer {
    if (!intent.orderIntentId || typeof intent.lineItems !== 'object' || isTooDeep(intent))
      return problem(400, 'invalid-request');
    const key = `${intent.sourceSystem} ${intent.orderIntentId}`;
    const content = JSON.stringify(intent);
    const known = this.orders.get(key);
    if (known?.content === content) return taken(200, known);
    if (known && this.stateOf(known) === 'accepted') return problem(409, 'intent-already-accepted');
    const lineItems = intent.lineItems.map((line) => ({ ...line, orderLineId: randomUUID() }));
    const decision = this.rejects(content) ? 'rejected' : 'accepted';
    const decidedAt = this.requests + this.decidesAfter;
    const order = { orderId: randomUUID(), intent, content, lineItems, adjustments: [], decision, decidedAt };
    this.orders.set(key, order);
    this.byId.set(order.orderId, order);
    return taken(202, order);
  }

  private intents(query: URLSearchParams): object[] {
    const wanted = (order: Order) => !query.get('state') || this.stateOf(order) === query.get('state');
    const ofSource = this.ofSource(query).filter(wanted);
    return ofSource.map((order) => {
      const { orderIntentId, sourceSystem } = order.intent;
      return { orderIntentId, sourceSystem, state: this.stateOf(order) };
    });
  }

  private ordersOf(query: URLSearchParams): Order[] {
    const customer = query.get('customerRef');
    const isAccepted = (order: Order) => this.stateOf(order) === 'accepted';
    return this.ofSource(query).filter((order) => isAccepted(order) && order.intent.customerRef === customer);
  }

  private stateOf({ decision, decidedAt }: Order): string {
    return this.requests >= decidedAt ? decision : 'received';
  }

  private ofSource(query: URLSearchParams): Order[] {
    return [...this.orders.values()]
      .reverse()
      .filter(({ intent }) => intent.sourceSystem === query.get('sourceSystem'));
  }
}

function adjust(order: Order, command: Adjustment & { expectedRevision: number }): ModelAnswer {
  const { idempotencyKey, changes, expectedRevision } = command;
  const done = order.adjustments.find((adjustment) => adjustment.idempotencyKey === idempotencyKey);
  if (done) {
    const isSame = JSON.stringify(done.changes) === JSON.stringify(changes);
    return isSame ? { status: 200, body: done } : problem(409, 'idempotency-key-reused');
  }
  const revision = order.adjustments.length + 1;
  if (expectedRevision !== revision) return problem(409, 'stale-revision');
  order.adjustments.push({ revision: revision + 1, idempotencyKey, changes });
  return { status: 201, body: document(order) };
}

function effective({ lineItems, adjustments }: Order): Line[] {
  const quantities = new Map(adjustments.flatMap((a) => a.changes).map((c) => [c.orderLineId, c.quantity]));
  return lineItems.map((line) => ({ ...line, quantity: quantities.get(line.orderLineId) ?? line.quantity }));
}

function document(order: Order): object {
  const { orderId, intent, lineItems, adjustments } = order;
  const { orderIntentId, submittedAt } = intent;
  const revision = adjustments.length + 1;
  const lines = { lineItems: effective(order), cancelled: false };
  return { orderId, orderIntentId, submittedAt, revision, lineItems, adjustments, effective: lines };
}

function taken(status: number, { orderId }: Order): ModelAnswer {
  return { status, body: { orderId } };
}

/** The real limit is twenty levels; what matters here is that one such intent spoils its batch. */
function isTooDeep(intent: Intent): boolean {
  return JSON.stringify(intent).includes('[[[[[[');
}

/** Line ids are random, and no end state hangs on them. */
function withoutIds(text: string): string {
  return text.replace(/"orderLineId":"[^"]+"/g, '');
}
