import { randomUUID } from 'node:crypto';
import { page, problem, type ModelAnswer, type ModelRequest } from './model-server.js';

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
  /** Orders whose intent was rejected are none; the intent stays. */
  readonly state: string;
}

/** Intents and orders of the model server; an intent is accepted, or rejected, as soon as it comes. */
export class ModelOrders {
  private readonly orders = new Map<string, Order>();
  private readonly byId = new Map<string, Order>();
  /** Order intent ids that the ingestor rejects. */
  readonly rejects = new Set<string>();

  answer({ method, path, query, body }: ModelRequest): ModelAnswer | undefined {
    const [, collection, id = '', action] = path.split('/');
    if (collection === 'order-intents' && method === 'GET') return page(this.intents(query), query);
    if (collection === 'order-intents' && id === 'batch')
      return this.submitAll((body as { intents: Intent[] }).intents);
    if (collection === 'order-intents') return this.submit(body as Intent);
    if (collection !== 'orders') return undefined;
    if (id === '') return page(this.ordersOf(query).map(document), query);
    const order = this.byId.get(id);
    if (!order || order.state !== 'accepted') return problem(404, 'not-found');
    if (action === 'timeline') return { status: 200, body: { orderId: id, entries: [{ module: 'inventory' }] } };
    if (action === 'adjustments') return adjust(order, body as Adjustment & { expectedRevision: number });
    return { status: 200, body: document(order) };
  }

  /** SKU -> effective quantity. */
  quantitiesOf(orderIntentId: string): object {
    return Object.fromEntries(
      effective(this.named(orderIntentId)).map(({ sku, quantity }) => [sku, quantity]),
    ) as object;
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
    if (!intent.orderIntentId || !Array.isArray(intent.lineItems) || isTooDeep(intent))
      return problem(400, 'invalid-request');
    const key = `${intent.sourceSystem} ${intent.orderIntentId}`;
    const content = JSON.stringify(intent);
    const known = this.orders.get(key);
    if (known) return known.content === content ? taken(200, known) : problem(409, 'intent-already-accepted');
    const lineItems = intent.lineItems.map((line) => ({ ...line, orderLineId: randomUUID() }));
    const state = this.rejects.has(intent.orderIntentId) ? 'rejected' : 'accepted';
    const order: Order = { orderId: randomUUID(), intent, content, lineItems, adjustments: [], state };
    this.orders.set(key, order);
    this.byId.set(order.orderId, order);
    return taken(202, order);
  }

  private intents(query: URLSearchParams): object[] {
    const wanted = (order: Order) => !query.get('state') || order.state === query.get('state');
    const ofSource = this.ofSource(query).filter(wanted);
    return ofSource.map(({ intent: { orderIntentId, sourceSystem }, state }) => ({
      orderIntentId,
      sourceSystem,
      state,
    }));
  }

  private ordersOf(query: URLSearchParams): Order[] {
    const customer = query.get('customerRef');
    return this.ofSource(query).filter((order) => order.state === 'accepted' && order.intent.customerRef === customer);
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

function taken(status: number, { orderId, state }: Order): ModelAnswer {
  return { status, body: { orderId, state } };
}

/** The real limit is twenty levels; what matters here is that one such intent spoils its batch. */
function isTooDeep(intent: Intent): boolean {
  return JSON.stringify(intent).includes('[[[[[[');
}

/** Line ids are random, and no end state hangs on them. */
function withoutIds(text: string): string {
  return text.replace(/"orderLineId":"[^"]+"/g, '');
}
