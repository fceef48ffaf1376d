import { ISO_4217_LIST_ONE } from './iso-4217.js';

/** A currency of ISO 4217. */
export interface Currency {
  /** Three capital letters. */
  readonly code: string;
  /** Digits behind the point of the major unit: 0, 2, 3 or 4; null where there is no minor unit (gold, XDR). */
  readonly exponent: number | null;
  readonly name: string;
}

/** All currencies of the standard, by code; the table core.currency holds the same. */
export const CURRENCIES: readonly Currency[] = ISO_4217_LIST_ONE.trim().split('\n').map(currencyOf);

function currencyOf(line: string): Currency {
  const [code = '', exponent = '', ...name] = line.split(' ');
  return { code, exponent: exponent === '-' ? null : Number(exponent), name: name.join(' ') };
}

const EXPONENTS = new Map(CURRENCIES.map(({ code, exponent }) => [code, exponent]));

/** Whether amounts can be stated in this currency: it is of ISO 4217 and has a minor unit. Codes are upper case. */
export function isKnownCurrency(code: string): boolean {
  return exponentOf(code) !== null;
}

/** Digits of the currency's minor unit (architecture 11): JPY 0, GBP 2, KWD 3; null where no amount can be stated in it. */
export function exponentOf(code: string): number | null {
  return EXPONENTS.get(code) ?? null;
}
