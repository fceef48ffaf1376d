import { withoutNulls, type WithNulls } from '@orderkeel/platform';
import { foldAdjustments, type AdjustmentFact } from '../contract/fold-adjustments.js';
import { lineTotal, sumOf } from '../money/line-total.js';
import type { OrderAnswer } from './order.schema.js';

type BaseAnswer = Omit<OrderAnswer, 'adjustments' | 'effective'>;

/** An order's row; times as text, jsonb parsed. */
export type OrderRow = WithNulls<BaseAnswer>;

/** An adjustment's row. */
export interface AdjustmentRow extends AdjustmentFact {
  readonly id: string;
  readonly revision: number;
  readonly reason: string;
  readonly actor: string;
  readonly idempotencyKey: string | null;
  readonly createdAt: string;
}

/**
 * An order as the API shows it, at its row's revision: adjustments beyond it, committed between two reads, are left
 * out. Pure. The effective subtotal is the sum of the lines, each rounded half up; tax, shipping and discounts stay as
 * accepted; of a cancelled order everything is 0 (interfaces 3). Lines taken back below the discounts leave a total of 0:
 * money is never negative (interfaces 1).
 */
export function orderAnswer(row: OrderRow, adjustments: readonly AdjustmentRow[]): OrderAnswer {
  const known = adjustments.filter((adjustment) => adjustment.revision <= row.revision);
  return {
    ...withoutNulls<BaseAnswer>(row),
    adjustments: known.map((adjustment) => ({ ...adjustment, changes: [...adjustment.changes] })),
    effective: effectiveOf(row, known),
  };
}

/** What was accepted adds up already: of orders that were never adjusted, which are nearly all, nothing is worked out again. */
function effectiveOf(row: OrderRow, adjustments: readonly AdjustmentRow[]): OrderAnswer['effective'] {
  if (adjustments.length === 0) return { lineItems: row.lineItems, totals: row.totals, cancelled: false };
  const { cancelled, lines } = foldAdjustments(row.lineItems, adjustments);
  const lineItems = lines.map((line) => ({ ...line, total: lineTotal(line.quantity, line).toNumber() }));
  return { lineItems, totals: cancelled ? nothing(row.currency) : effectiveTotals(row.totals, lineItems), cancelled };
}

/** The order as it was at an earlier revision: what the command that made it answered. */
export function orderAnswerAt(revision: number, row: OrderRow, adjustments: readonly AdjustmentRow[]): OrderAnswer {
  const updatedAt = adjustments.find((adjustment) => adjustment.revision === revision)?.createdAt ?? row.createdAt;
  return orderAnswer({ ...row, revision, updatedAt }, adjustments);
}

function effectiveTotals(accepted: OrderAnswer['totals'], lines: OrderAnswer['lineItems']): OrderAnswer['totals'] {
  const subtotal = sumOf(lines.map((line) => line.total)).toNumber();
  const { tax, shipping, discounts } = accepted;
  return { ...accepted, subtotal, total: Math.max(0, sumOf([subtotal, -discounts, tax, shipping]).toNumber()) };
}

function nothing(currency: string): OrderAnswer['totals'] {
  return { currency, subtotal: 0, tax: 0, shipping: 0, discounts: 0, total: 0 };
}
