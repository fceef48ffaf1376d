import { foldAdjustments, type AdjustmentChange } from '../contract/fold-adjustments.js';
import { lineTotal, sumOf } from '../money/line-total.js';
import type { RevisedOrder } from '../revise-order/revise-order.js';

/** One change that cannot be made, and where it stands in the request. */
export interface ChangeFault {
  readonly pointer: string;
  readonly code: 'unknown-line' | 'total-too-large';
  readonly message: string;
}

/** What is wrong with the changes for this order: lines that it has not, amounts that nobody can state. Pure. */
export function changeFaults(order: RevisedOrder, changes: readonly AdjustmentChange[]): ChangeFault[] {
  const known = new Set(order.lineItems.map(({ orderLineId }) => orderLineId));
  const unknown = changes.flatMap((change, index): ChangeFault[] => {
    if (change.type !== 'lineQuantity' || known.has(change.orderLineId)) return [];
    const message = `is no line of this order: ${change.orderLineId}`;
    return [{ pointer: `/changes/${index}/orderLineId`, code: 'unknown-line', message }];
  });
  if (unknown.length > 0 || isStatable(order, changes)) return unknown;
  return [
    { pointer: '/changes', code: 'total-too-large', message: 'must not make the order worth more than 2^53 - 1' },
  ];
}

/** What the status tells of the changes: types, lines and quantities, never a note's text (security 5.7). */
export function withoutFreeText(changes: readonly AdjustmentChange[]): Readonly<Record<string, unknown>>[] {
  return changes.map((change) => (change.type === 'note' ? { type: 'note' } : { ...change }));
}

function isStatable({ lineItems, totals, adjustments }: RevisedOrder, changes: readonly AdjustmentChange[]): boolean {
  const { lines } = foldAdjustments(lineItems, [...adjustments, { kind: 'adjust', changes }]);
  const subtotal = sumOf(lines.map((line) => lineTotal(line.quantity, line)));
  return sumOf([subtotal, totals.tax, totals.shipping]).lte(Number.MAX_SAFE_INTEGER);
}
