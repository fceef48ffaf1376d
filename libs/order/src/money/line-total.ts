import Big from 'big.js';

/** What a line's price is: integer minor units, or text with fractions of a minor unit; exactly one (order X55). */
export interface LinePrice {
  readonly unitPrice?: number | undefined;
  readonly unitPriceDecimal?: string | undefined;
}

/**
 * Quantity times unit price in minor units: exact, then rounded half up to whole minor units (interfaces 2). The only
 * place of an order where a rate meets money, so the only place that rounds (architecture 11).
 * @param quantity exact decimal, not negative
 */
export function lineTotal(quantity: string, { unitPrice, unitPriceDecimal }: LinePrice): Big {
  return new Big(quantity).times(unitPrice ?? unitPriceDecimal ?? 0).round(0, Big.roundHalfUp);
}

/** Exact sum of amounts in minor units; JSON numbers would lose digits beyond 2^53. */
export function sumOf(amounts: readonly (Big | number)[]): Big {
  return amounts.reduce<Big>((sum, amount) => sum.plus(amount), new Big(0));
}
