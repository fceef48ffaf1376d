import { newestFirst, type HeldOrder } from './held-order.js';

/** A line that wants a quantity back, in millionths. */
export interface WantedBack {
  readonly at: string;
  readonly sku: string;
  readonly quantity: bigint;
}

/** So much of a SKU is taken back from an order, in millionths. */
export interface Take {
  readonly orderId: string;
  readonly sku: string;
  readonly quantity: bigint;
}

/**
 * Decides a cancellation line: it is accepted when the customer's earlier orders together still have its quantity of
 * that SKU, and takes it newest first, over several orders if needed; else nothing is taken (undefined). Earlier means
 * submitted no later than the line: the file knows minutes only, and an order of the same minute counts.
 *
 * `taken` is what an earlier import took for this very line and is gone from the orders already.
 */
export function decideCancellation(
  line: WantedBack,
  orders: readonly HeldOrder[],
  taken: bigint,
): readonly Take[] | undefined {
  const takes: Take[] = [];
  let wanted = line.quantity - taken;
  const earlier = orders.filter((order) => order.at <= line.at && (order.left.get(line.sku) ?? 0n) > 0n);
  for (const order of earlier.sort(newestFirst)) {
    if (wanted <= 0n) break;
    const left = order.left.get(line.sku) ?? 0n;
    const quantity = left < wanted ? left : wanted;
    takes.push({ orderId: order.orderId, sku: line.sku, quantity });
    wanted -= quantity;
  }
  return wanted <= 0n ? takes : undefined;
}
