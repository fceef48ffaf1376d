import { millionths } from '../decimal.js';
import type { SaleInvoice } from '../gather/stage.js';
import { remembering } from '../remembering.js';

/** What an order still has to be taken back, as far as an import needs to know it. */
export interface HeldOrder {
  readonly orderId: string;
  readonly orderIntentId: string;
  /** When it was submitted, RFC 3339 UTC with microseconds. */
  readonly at: string;
  /** Effective quantity of each SKU, in millionths. */
  readonly left: Map<string, bigint>;
}

/** Newest first; orders of the same minute by their number. */
export function newestFirst(a: HeldOrder, b: HeldOrder): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  if (a.orderIntentId === b.orderIntentId) return 0;
  return a.orderIntentId < b.orderIntentId ? 1 : -1;
}

// All orders of an import are kept, so that equal codes and quantities had better be one object each.
const sharedSku = remembering((sku) => sku);
const sharedQuantity = remembering(millionths);

/** What an invoice has that became an order just now. */
export function heldOrderOf({ invoice, at, entries }: SaleInvoice, orderId: string): HeldOrder {
  const left = new Map<string, bigint>();
  for (const { reading } of entries) {
    const [sku, quantity] = [sharedSku(reading.sku), sharedQuantity(reading.quantity)];
    const sofar = left.get(sku);
    left.set(sku, sofar === undefined ? quantity : sofar + quantity);
  }
  return { orderId, orderIntentId: invoice, at, left };
}
