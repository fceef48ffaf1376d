import { foldAdjustments, type AdjustmentChange } from '../contract/fold-adjustments.js';
import { lineTotal, sumOf } from '../money/line-total.js';
import type { RevisedOrder } from '../revise-order/revise-order.js';

/** One change that cannot be made, and where it stands in the request. */
export interface ChangeFault {
  readonly pointer: string;
  readonly code: 'unknown-line' | 'repeated-line' | 'total-too-large';
  readonly message: string;
}

const LINE_MESSAGES = {
  'unknown-line': 'is no line of this order',
  'repeated-line': 'has a quantity in an earlier change already',
} as const;

/**
 * What is wrong with the changes for this order: lines that it has not, two quantities for one line, amounts that
 * nobody can state. Pure.
 */
export function changeFaults(order: RevisedOrder, changes: readonly AdjustmentChange[]): ChangeFault[] {
  const known = new Set(order.lineItems.map(({ orderLineId }) => orderLineId));
  const seen = new Set<string>();
  const faults = changes.flatMap((change, index): ChangeFault[] => {
    if (change.type !== 'lineQuantity') return [];
    const { orderLineId } = change;
    const code = !known.has(orderLineId) ? 'unknown-line' : seen.has(orderLineId) ? 'repeated-line' : undefined;
    seen.add(orderLineId);
    if (!code) return [];
    return [{ pointer: `/changes/${index}/orderLineId`, code, message: `${LINE_MESSAGES[code]}: ${orderLineId}` }];
  });
  if (faults.length > 0 || isStatable(order, changes)) return faults;
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
