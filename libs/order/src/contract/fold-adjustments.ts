/** A line of an order: what was asked for, and a quantity in text without trailing zeros. */
export interface OrderLine {
  readonly orderLineId: string;
  readonly sku: string;
  readonly quantity: string;
}

/** One typed change of an adjustment, as stored and as the API takes it (interfaces 3). */
export type AdjustmentChange =
  | { readonly type: 'lineQuantity'; readonly orderLineId: string; readonly quantity: string }
  | { readonly type: 'note'; readonly text: string };

/** What an adjustment says: the whole order is cancelled, or typed changes. */
export interface AdjustmentFact {
  readonly kind: 'cancel' | 'adjust';
  readonly changes: readonly AdjustmentChange[];
}

/**
 * Base plus adjustments, in order of revision: the newest quantity of each line counts; a cancelled order wants nothing.
 * Pure; the view order.effective_line says the same in SQL.
 */
export function foldAdjustments<Line extends OrderLine>(
  base: readonly Line[],
  adjustments: readonly AdjustmentFact[],
): { cancelled: boolean; lines: Line[] } {
  const quantities = new Map<string, string>();
  let cancelled = false;
  for (const adjustment of adjustments) {
    cancelled ||= adjustment.kind === 'cancel';
    for (const change of adjustment.changes) {
      if (change.type === 'lineQuantity') quantities.set(change.orderLineId, change.quantity);
    }
  }
  const quantityOf = (line: Line) => (cancelled ? '0' : (quantities.get(line.orderLineId) ?? line.quantity));
  return { cancelled, lines: base.map((line) => ({ ...line, quantity: quantityOf(line) })) };
}
