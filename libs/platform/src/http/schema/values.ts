import { z } from 'zod';
import { decimalIn } from './decimal.js';

/** numeric(18,6) columns hold twelve digits before the point. */
const QUANTITY_DIGITS = 12;
const quantityRule = { integerDigits: QUANTITY_DIGITS, numbers: true, example: '1.5' } as const;

/** How much of something, greater than 0: JSON number or text in, text without superfluous zeros out (interfaces 1). */
export const quantityIn = decimalIn({ ...quantityRule, sign: 'positive', description: 'Quantity, greater than 0' });

/** A quantity that may be 0: a line's new quantity, a count. */
export const quantityOrZeroIn = decimalIn({
  ...quantityRule,
  sign: 'not-negative',
  description: 'Quantity, 0 allowed',
});

/** A change of a quantity, up or down, never 0. */
export const quantityChangeIn = decimalIn({ ...quantityRule, sign: 'not-zero', description: 'Change, up or down' });

/** An amount in minor units of its currency, 0 to 2^53 - 1 (interfaces 1). */
export const moneyIn = z
  .int()
  .min(0)
  .meta({ description: 'Minor units of the currency', examples: [1530] });

/** A unit price with fractions of a minor unit: text, minor units with at most 6 decimals (interfaces 1). */
export const unitPriceDecimalIn = decimalIn({
  integerDigits: 15,
  sign: 'not-negative',
  numbers: false,
  description: 'Minor units of the currency, with decimals',
  example: '0.1',
});

/** A UUID, lower or upper case in, lower case out. */
export const idIn = z.guid('must be a UUID').toLowerCase().meta({ format: 'uuid', description: 'UUID' });

/** Text of 1 to `max` characters (UTF-16 units). */
export function textIn(max: number) {
  return z.string().min(1).max(max);
}

/** Quantity on its way out: text without superfluous zeros. */
export const quantityOut = z.string().meta({ description: 'Quantity, exact decimal', examples: ['1.5'] });
/** Amount on its way out: integer minor units. */
export const moneyOut = z.int().meta({ description: 'Minor units of the currency', examples: [1530] });
/** Id on its way out. */
export const idOut = z.string().meta({ format: 'uuid', description: 'UUID, time-ordered' });
/** Moment on its way out: RFC 3339 UTC with microseconds. */
export const instantOut = z.string().meta({ format: 'date-time', examples: ['2026-11-21T08:48:49.581123Z'] });
