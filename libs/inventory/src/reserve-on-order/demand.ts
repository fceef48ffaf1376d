import type { EffectiveOrder } from '@orderkeel/order/contract';
import type { Tracks } from '../data/sku-policy.store.js';
import type { TenantSku, WantedCounter } from '../data/stock.store.js';

/**
 * Puts orders in the order of the changes that spoke of them, whatever order they were read in: two batches must leave
 * what one batch of both leaves.
 */
export function inOrderOf(
  changes: readonly { readonly key: string }[],
  orders: readonly EffectiveOrder[],
): EffectiveOrder[] {
  const byId = new Map(orders.map((order) => [order.orderId, order]));
  return [...new Set(changes.map(({ key }) => key))].flatMap((key) => byId.get(key) ?? []);
}

/** The SKUs that orders speak of, also those that nobody counts now: stock of theirs may be reserved still. */
export function skusOf(orders: readonly EffectiveOrder[]): TenantSku[] {
  return orders.flatMap(({ tenantId, lines }) => lines.map(({ sku }) => ({ tenantId, sku })));
}

/** The counters that the orders' lines need, at every location where they may be reserved. */
export function countersFor(
  orders: readonly EffectiveOrder[],
  tracks: Tracks,
  locations: readonly string[],
): WantedCounter[] {
  const wanted = new Map<string, Omit<WantedCounter, 'location'>>();
  for (const { tenantId, orderId: causeId, lines } of orders) {
    for (const { sku, quantity } of lines) {
      const key = `${tenantId ?? ''}\0${sku}`;
      if (quantity === '0' || wanted.has(key) || !tracks(tenantId, sku)) continue;
      wanted.set(key, { tenantId, sku, causeId });
    }
  }
  return [...wanted.values()].flatMap((counter) => locations.map((location) => ({ ...counter, location })));
}
