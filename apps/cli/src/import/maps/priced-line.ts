import Big from 'big.js';
import type { PricedLine } from '../import-map.js';

/** A unit price has at most six decimals of a minor unit (interfaces 1). */
const PRICE_DECIMALS = 6;

const NOTHING = new Big(0);

/**
 * Price and total of a line as interfaces 1 and 2 want them: whole minor units, or `unitPriceDecimal` where the price
 * has fractions of one; the total rounded half up. Money lies below 2^53. `rounding` is in major units of two decimals.
 */
export function pricedLine(quantity: Big, priceMinor: Big): PricedLine | { readonly unfit: string } {
  const exact = quantity.times(priceMinor);
  const total = exact.round(0, Big.roundHalfUp);
  if (total.gt(Number.MAX_SAFE_INTEGER) || priceMinor.gt(Number.MAX_SAFE_INTEGER)) return { unfit: 'amount-too-large' };
  const whole = priceMinor.round(0, Big.roundDown).eq(priceMinor);
  if (!whole && !priceMinor.round(PRICE_DECIMALS, Big.roundDown).eq(priceMinor)) return { unfit: 'price-too-precise' };
  return {
    price: whole ? { unitPrice: Number(priceMinor.toFixed()) } : { unitPriceDecimal: priceMinor.toFixed() },
    total: Number(total.toFixed()),
    rounding: total.eq(exact) ? NOTHING : total.minus(exact).div(100),
  };
}
