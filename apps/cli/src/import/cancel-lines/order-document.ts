import { millionths } from '../decimal.js';
import type { HeldOrder } from './held-order.js';

/** An order as GET /orders shows it (interfaces 3), as far as an import reads it. */
export interface OrderDocument {
  readonly orderId: string;
  readonly orderIntentId: string;
  readonly submittedAt: string;
  readonly revision: number;
  readonly lineItems: readonly OrderLine[];
  readonly adjustments: readonly Adjustment[];
  readonly effective: { readonly lineItems: readonly OrderLine[] };
}

/** A line of an order; the quantity is decimal text. */
export interface OrderLine {
  readonly orderLineId: string;
  readonly sku: string;
  readonly quantity: string;
}

interface Adjustment {
  readonly revision: number;
  readonly idempotencyKey?: string | null;
  readonly changes?: readonly Change[] | null;
}

/** A line gets a new quantity. */
export interface LineQuantity {
  readonly type: 'lineQuantity';
  readonly orderLineId: string;
  readonly quantity: string;
}

type Change = LineQuantity | { readonly type: 'note' };

/** What the order still has. */
export function heldOrder(order: OrderDocument): HeldOrder {
  const left = new Map<string, bigint>();
  for (const { sku, quantity } of order.effective.lineItems) add(left, sku, millionths(quantity));
  return { orderId: order.orderId, orderIntentId: order.orderIntentId, at: order.submittedAt, left };
}

/** What each keyed adjustment took from the order: key -> SKU -> millionths. */
export function takenByKey(order: OrderDocument): Map<string, Map<string, bigint>> {
  const skus = new Map(order.lineItems.map((line) => [line.orderLineId, line.sku]));
  const now = new Map(order.lineItems.map((line) => [line.orderLineId, millionths(line.quantity)]));
  const taken = new Map<string, Map<string, bigint>>();
  for (const { idempotencyKey, changes } of [...order.adjustments].sort((a, b) => a.revision - b.revision)) {
    const bySku = new Map<string, bigint>();
    for (const change of changes ?? []) {
      if (change.type !== 'lineQuantity') continue;
      const quantity = millionths(change.quantity);
      add(bySku, skus.get(change.orderLineId) ?? '', (now.get(change.orderLineId) ?? 0n) - quantity);
      now.set(change.orderLineId, quantity);
    }
    if (idempotencyKey) taken.set(idempotencyKey, bySku);
  }
  return taken;
}

function add(sums: Map<string, bigint>, key: string, amount: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + amount);
}
