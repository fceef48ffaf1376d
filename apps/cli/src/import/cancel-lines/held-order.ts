import { millionths } from '../decimal.js';
import type { SaleInvoice } from '../gather/stage.js';

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

/** What an invoice has that became an order just now. */
export function heldOrderOf({ invoice, at, entries }: SaleInvoice, orderId: string): HeldOrder {
  const left = new Map<string, bigint>();
  for (const { reading } of entries) {
    left.set(reading.sku, (left.get(reading.sku) ?? 0n) + millionths(reading.quantity));
  }
  return { orderId, orderIntentId: invoice, at, left };
}
