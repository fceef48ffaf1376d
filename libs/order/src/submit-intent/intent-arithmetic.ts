import { lineTotal, sumOf, type LinePrice } from '../money/line-total.js';

/** The lines and amounts of an intent; minor units, quantities as exact decimals. */
export interface IntentAmounts {
  readonly lineItems: readonly (LinePrice & { readonly quantity: string; readonly total: number })[];
  readonly totals: {
    readonly subtotal: number;
    readonly tax: number;
    readonly shipping: number;
    readonly discounts: number;
    readonly total?: number | undefined;
  };
}

/** One figure that does not follow from the others: where, what, and what it must be. */
export interface ArithmeticFault {
  readonly path: (string | number)[];
  readonly code:
    | 'required'
    | 'two-prices'
    | 'line-total-mismatch'
    | 'subtotal-mismatch'
    | 'total-mismatch'
    | 'total-negative'
    | 'total-too-large';
  readonly message: string;
}

/**
 * Checks the arithmetic of interfaces 2: each line has one price, its total is quantity times price, the subtotal is
 * the sum of the lines, the total is subtotal - discounts + tax + shipping. Pure and exact; names every fault.
 */
export function arithmeticFaults({ lineItems, totals }: IntentAmounts): ArithmeticFault[] {
  return [...lineItems.flatMap(lineFaults), ...subtotalFaults(lineItems, totals.subtotal), ...totalFaults(totals)];
}

/** The total that follows from the other amounts. */
export function totalOf({ subtotal, tax, shipping, discounts }: Omit<IntentAmounts['totals'], 'total'>): number {
  return sumOf([subtotal, -discounts, tax, shipping]).toNumber();
}

function lineFaults(line: IntentAmounts['lineItems'][number], index: number): ArithmeticFault[] {
  const at = (field: string) => ['lineItems', index, field];
  if (line.unitPrice === undefined && line.unitPriceDecimal === undefined)
    return [{ path: at('unitPrice'), code: 'required', message: 'is required, or unitPriceDecimal in its place' }];
  if (line.unitPrice !== undefined && line.unitPriceDecimal !== undefined)
    return [{ path: at('unitPriceDecimal'), code: 'two-prices', message: 'must not stand beside unitPrice' }];
  const expected = lineTotal(line.quantity, line);
  if (expected.eq(line.total)) return [];
  const message = `must be ${expected.toFixed()}, which is quantity x unit price rounded half up`;
  return [{ path: at('total'), code: 'line-total-mismatch', message }];
}

function subtotalFaults(lines: IntentAmounts['lineItems'], subtotal: number): ArithmeticFault[] {
  const expected = sumOf(lines.map((line) => line.total));
  if (expected.eq(subtotal)) return [];
  const message = `must be ${expected.toFixed()}, the sum of the line totals`;
  return [{ path: ['totals', 'subtotal'], code: 'subtotal-mismatch', message }];
}

function totalFaults({ subtotal, tax, shipping, discounts, total }: IntentAmounts['totals']): ArithmeticFault[] {
  const expected = sumOf([subtotal, -discounts, tax, shipping]);
  if (expected.lt(0))
    return [{ path: ['totals', 'discounts'], code: 'total-negative', message: 'must not make the total negative' }];
  if (expected.gt(Number.MAX_SAFE_INTEGER))
    return [{ path: ['totals'], code: 'total-too-large', message: `must not add up to more than 2^53 - 1` }];
  if (total === undefined || expected.eq(total)) return [];
  const message = `must be ${expected.toFixed()}, which is subtotal - discounts + tax + shipping`;
  return [{ path: ['totals', 'total'], code: 'total-mismatch', message }];
}
