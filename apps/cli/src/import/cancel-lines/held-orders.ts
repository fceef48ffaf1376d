import type { ApiClient } from '../client/api-client.js';
import { pagesOf } from '../client/all-items.js';
import { invoiceOfKey } from './adjustment-key.js';
import type { HeldOrder } from './held-order.js';
import type { SeenOrders } from './seen-orders.js';
import { heldOrder, takenByKey, type OrderDocument } from './order-document.js';

/** What cancellations of one customer are decided against. */
export interface CustomerOrders {
  /** By order id. */
  readonly orders: Map<string, HeldOrder>;
  /** What was taken for an invoice already: invoice -> SKU -> millionths. A line that is met again uses it up. */
  readonly taken: Map<string, Map<string, bigint>>;
}

/**
 * Remembers what this import has ordered, about a hundred bytes a line, and reads what was there before from the
 * server: once per customer, when their first cancellation is met, and not at all when the source was new.
 */
export class HeldOrders {
  private readonly customers = new Map<string, CustomerOrders>();
  private readonly complete = new Set<string>();

  constructor(
    private readonly client: ApiClient,
    private readonly source: string,
    private readonly seen: SeenOrders,
    private readonly hasHistory: boolean,
  ) {}

  /** An order of this import was accepted. One that is known keeps what cancellations have left of it. */
  remember(customerRef: string, order: HeldOrder): void {
    const { orders } = this.known(customerRef);
    if (!orders.has(order.orderId)) orders.set(order.orderId, order);
  }

  /** All orders of a customer, those of earlier imports too. */
  async of(customerRef: string): Promise<CustomerOrders> {
    if (this.hasHistory && !this.complete.has(customerRef)) {
      this.customers.set(customerRef, await this.read(customerRef));
      this.complete.add(customerRef);
    }
    return this.known(customerRef);
  }

  private known(customerRef: string): CustomerOrders {
    let known = this.customers.get(customerRef);
    if (!known) this.customers.set(customerRef, (known = { orders: new Map(), taken: new Map() }));
    return known;
  }

  private async read(customerRef: string): Promise<CustomerOrders> {
    const found: CustomerOrders = { orders: new Map(), taken: new Map() };
    const query = { customerRef, sourceSystem: this.source };
    for await (const page of pagesOf<OrderDocument>(this.client, '/orders', query)) {
      for (const order of page) {
        this.seen.see(order);
        found.orders.set(order.orderId, heldOrder(order));
        for (const [key, bySku] of takenByKey(order))
          for (const [sku, quantity] of bySku) addTaken(found, invoiceOfKey(key), sku, quantity);
      }
    }
    return found;
  }
}

/** So much of a SKU was taken for an invoice; what no import did (undefined) is no invoice's. */
export function addTaken({ taken }: CustomerOrders, invoice: string | undefined, sku: string, quantity: bigint): void {
  if (invoice === undefined) return;
  const bySku = taken.get(invoice) ?? new Map<string, bigint>();
  taken.set(invoice, bySku.set(sku, (bySku.get(sku) ?? 0n) + quantity));
}
