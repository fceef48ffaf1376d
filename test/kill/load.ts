import { setTimeout as delay } from 'node:timers/promises';
import { anIntent } from '../builders/an-intent.js';
import type { Knowledge, Operation, Oracle } from './oracle.js';
import type { Chance } from './random.js';

/** SKUs that everybody wants and nobody has enough of. */
const SKUS = Array.from({ length: 24 }, (_, nth) => `SCARCE-${String(nth + 1).padStart(2, '0')}`);

const TICK_MS = 10;
const MOST_UNANSWERED = 64;
/** Chance in each tick; at most about 90 intents a second, where it is not longer. */
const SHARES = { intent: 1, cancel: 0.06, adjustment: 0.06, receipt: 0.15, stockAdjustment: 0.04 } as const;
/** Share of lost answers after which the client asks again, with the same key; the others stay unknown. */
const ASKED_AGAIN = 0.6;

interface Request {
  readonly operation: Operation;
  readonly key: string;
  readonly path: string;
  readonly body: unknown;
}

/** Clients that order, cancel, adjust and deliver, whatever happens to the program. */
export class Load {
  acknowledgedIntents = 0;
  private readonly orders: string[] = [];
  private unanswered = 0;
  private sent = 0;
  private stopped = false;
  private broken: unknown = null;
  private running: Promise<void> = Promise.resolve();
  private again: Request[] = [];

  constructor(
    /** Null while nobody listens. */
    private readonly url: () => string | null,
    private readonly oracle: Oracle,
    private readonly chance: Chance,
    /** Milliseconds between two moments at which they may ask. */
    private readonly tickMs = TICK_MS,
  ) {}

  /** Opens with a little stock of everything, and so again after a stop. */
  async start(): Promise<void> {
    this.stopped = false;
    for (const sku of SKUS) await this.ask(this.receipt(sku, 20));
    this.running = this.run();
    // Told when it is stopped.
    this.running.catch(() => undefined);
  }

  /** Asks no more, and waits for the answers to what was asked. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
    while (this.unanswered > 0) await delay(this.tickMs);
  }

  /** Asks once more whatever still has no answer. */
  async settle(): Promise<void> {
    for (const request of this.again.splice(0)) await this.ask(request);
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      await delay(this.tickMs);
      if (this.url() === null || this.unanswered >= MOST_UNANSWERED) continue;
      for (const request of this.wishes()) this.ask(request).catch((error: unknown) => (this.broken ??= error));
      if (this.broken !== null) throw this.broken;
    }
  }

  private *wishes(): Generator<Request> {
    const { chance, orders } = this;
    if (chance.happens(SHARES.intent)) yield this.intent();
    if (chance.happens(SHARES.receipt)) yield this.receipt(chance.oneOf(SKUS), chance.between(1, 8));
    if (chance.happens(SHARES.stockAdjustment)) yield this.stockAdjustment();
    if (orders.length > 0 && chance.happens(SHARES.cancel)) yield this.cancel(chance.oneOf(orders));
    if (orders.length > 0 && chance.happens(SHARES.adjustment)) {
      const request = this.adjustment(chance.oneOf(orders));
      yield request;
    }
    const repeated = this.again.shift();
    if (repeated) yield repeated;
  }

  private key(operation: Operation): string {
    this.sent += 1;
    return `${operation}-${this.sent}`;
  }

  private intent(): Request {
    const { chance } = this;
    const key = this.key('intent');
    const lines = Array.from({ length: chance.between(1, 3) }, () => ({
      sku: chance.oneOf(SKUS),
      quantity: chance.between(1, 3),
    }));
    return { operation: 'intent', key, path: '/order-intents', body: anIntent({ orderIntentId: key, lines }) };
  }

  private cancel(orderId: string): Request {
    const key = this.key('cancel');
    const body = { reason: 'changed their mind', idempotencyKey: key };
    return { operation: 'cancel', key, path: `/orders/${orderId}/cancel`, body };
  }

  private adjustment(orderId: string): Request {
    const key = this.key('adjustment');
    const changes = [{ type: 'lineQuantity', orderLineId: orderId, quantity: this.chance.between(0, 4) }];
    return {
      operation: 'adjustment',
      key,
      path: `/orders/${orderId}/adjustments`,
      body: { reason: 'another number', idempotencyKey: key, changes },
    };
  }

  private receipt(sku: string, quantity: number): Request {
    const key = this.key('receipt');
    return {
      operation: 'receipt',
      key,
      path: '/inventory/receipts',
      body: { sku, location: 'main', quantity, idempotencyKey: key },
    };
  }

  private stockAdjustment(): Request {
    const { chance } = this;
    const key = this.key('stockAdjustment');
    const change = chance.happens(0.5) ? { delta: chance.oneOf([-3, -1, 2, 4]) } : { counted: chance.between(5, 40) };
    const body = { sku: chance.oneOf(SKUS), location: 'main', reason: 'count', idempotencyKey: key, ...change };
    return { operation: 'stockAdjustment', key, path: '/inventory/stock-adjustments', body };
  }

  private async ask(request: Request): Promise<void> {
    this.unanswered += 1;
    try {
      const { knowledge, orderId } = await this.answerTo(request);
      await this.oracle.record({ operation: request.operation, key: request.key, knowledge });
      if (knowledge === 'indeterminate') {
        if (this.chance.happens(ASKED_AGAIN)) this.again.push(request);
      } else if (orderId !== undefined) {
        this.acknowledgedIntents += 1;
        this.orders.push(orderId);
      }
    } finally {
      this.unanswered -= 1;
    }
  }

  /** 5xx and a lost connection say nothing of what was done; 4xx says that nothing was. */
  private async answerTo(request: Request): Promise<{ knowledge: Knowledge; orderId?: string }> {
    try {
      const body = await this.withLine(request);
      const answer = await fetch(`${this.url()}${request.path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      const content = (await answer.json()) as { orderId?: string };
      if (answer.status >= 500 || isSwitchedOff(request, answer)) return { knowledge: 'indeterminate' };
      if (!answer.ok) return { knowledge: 'rejected' };
      const orderId = request.operation === 'intent' ? content.orderId : undefined;
      return { knowledge: 'acknowledged', ...(orderId !== undefined && { orderId }) };
    } catch {
      return { knowledge: 'indeterminate' };
    }
  }

  /** An adjustment names a line of the order, which must be asked for first. */
  private async withLine({ operation, path, body }: Request): Promise<unknown> {
    if (operation !== 'adjustment') return body;
    const order = await fetch(`${this.url()}${path.replace('/adjustments', '')}`);
    const { lineItems = [] } = (await order.json()) as { lineItems?: { orderLineId: string }[] };
    const { changes, ...rest } = body as { changes: object[] };
    return { ...rest, changes: changes.map((change) => ({ ...change, orderLineId: lineItems[0]?.orderLineId })) };
  }
}

/** A module that is off has no routes, and so says nothing of what it did while it was on. */
function isSwitchedOff({ path }: Request, { status }: Response): boolean {
  return status === 404 && path.startsWith('/inventory/');
}
