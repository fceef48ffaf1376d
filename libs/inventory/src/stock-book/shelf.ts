import type { Quantity } from './quantity.js';

/** One counter as a decision sees and moves it: one SKU at one location. */
export interface Shelf {
  readonly stockId: string;
  readonly tenantId: string | null;
  readonly sku: string;
  readonly location: string;
  onHand: Quantity;
  reserved: Quantity;
  /** Number of the newest ledger row. */
  sequence: number;
  /** Time of the newest ledger row, RFC 3339 UTC with microseconds; the next one is never earlier. */
  readonly movedAt: string;
}

/** Names the place of a counter, there being one per tenant, SKU and location. */
export function placeOf({ tenantId, sku, location }: Pick<Shelf, 'tenantId' | 'sku' | 'location'>): string {
  return `${tenantId ?? ''}\0${sku}\0${location}`;
}

/** What may still be reserved. */
export function available({ onHand, reserved }: Shelf): Quantity {
  return onHand - reserved;
}
