import { decimalText, millionths } from '../decimal.js';
import type { Take } from './cancel.decide.js';
import type { LineQuantity } from './order-document.js';
import type { SeenOrder } from './seen-orders.js';

/**
 * The new line quantities that take these quantities from an order as it stands; lines of the same SKU in their order.
 * Undefined when the order has less than that by now.
 */
export function newQuantities(order: SeenOrder, takes: readonly Take[]): readonly LineQuantity[] | undefined {
  const wanted = new Map<string, bigint>();
  for (const { sku, quantity } of takes) wanted.set(sku, (wanted.get(sku) ?? 0n) + quantity);
  const changes: LineQuantity[] = [];
  for (const { orderLineId, sku, quantity } of order.lines) {
    const left = millionths(quantity);
    const want = wanted.get(sku) ?? 0n;
    const taken = left < want ? left : want;
    if (taken === 0n) continue;
    wanted.set(sku, want - taken);
    changes.push({ type: 'lineQuantity', orderLineId, quantity: decimalText(left - taken) });
  }
  return [...wanted.values()].every((rest) => rest === 0n) ? changes : undefined;
}
