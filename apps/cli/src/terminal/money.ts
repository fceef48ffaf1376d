import { exponentOf } from '@orderkeel/commerce-core/contract';
import Big from 'big.js';

/** Minor units as the currency's major units: `1530` of GBP is `15.30`. Fractions of a minor unit stay to the last digit. */
export function majorText(minor: number | string, currency: string): string {
  const exponent = exponentOf(currency) ?? 0;
  const major = new Big(minor).div(new Big(10).pow(exponent));
  const exact = major.toFixed();
  const decimals = exact.split('.')[1]?.length ?? 0;
  return decimals > exponent ? exact : major.toFixed(exponent);
}
