import type { OrderDocument, OrderLine } from './order-document.js';

/** An order as the server showed it, as far as adjusting it needs. */
export interface SeenOrder {
  readonly revision: number;
  /** Idempotency keys of its adjustments. */
  readonly keys: ReadonlySet<string>;
  /** What it still has. */
  readonly lines: readonly OrderLine[];
}

/** Some megabytes at 25 lines an order. */
const MOST_ORDERS = 2_000;

/**
 * Orders that the server showed anyway, in lists and in answers to adjustments, so that they need not be read again
 * before the next adjustment. Each may be outdated: an adjustment names the revision that it was made for.
 */
export class SeenOrders {
  private readonly orders = new Map<string, SeenOrder>();

  see(document: OrderDocument): void {
    this.orders.delete(document.orderId);
    this.orders.set(document.orderId, seenOrder(document));
    const [oldest] = this.orders.keys();
    if (this.orders.size > MOST_ORDERS && oldest !== undefined) this.orders.delete(oldest);
  }

  /** Hands an order over and forgets it, because what comes next is going to change it. */
  take(orderId: string): SeenOrder | undefined {
    const order = this.orders.get(orderId);
    this.orders.delete(orderId);
    return order;
  }
}

/** What adjusting an order needs of what the server shows. */
export function seenOrder({ revision, adjustments, effective }: OrderDocument): SeenOrder {
  const keys = new Set(adjustments.flatMap(({ idempotencyKey }) => idempotencyKey ?? []));
  return {
    revision,
    keys,
    lines: effective.lineItems.map(({ orderLineId, sku, quantity }) => ({ orderLineId, sku, quantity })),
  };
}
