import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lineTotal, sumOf } from './line-total.js';

/** A decimal with at most six digits behind the point, as its millionths and as text. */
const decimal = (maxMillionths: bigint) =>
  fc.bigInt({ min: 0n, max: maxMillionths }).map((millionths) => {
    const digits = millionths.toString().padStart(7, '0');
    return { millionths, text: `${digits.slice(0, -6)}.${digits.slice(-6)}` };
  });

describe('the total of a line', () => {
  it.each([
    ['6', { unitPrice: 255 }, '1530'],
    ['0.5', { unitPrice: 1 }, '1'],
    ['0.499999', { unitPrice: 1 }, '0'],
    ['1.5', { unitPrice: 333 }, '500'],
    ['3', { unitPriceDecimal: '0.1' }, '0'],
    ['5', { unitPriceDecimal: '0.1' }, '1'],
    ['0', { unitPrice: 255 }, '0'],
    ['999999999999.999999', { unitPrice: 9007199254740991 }, '9007199254740990990992800745'],
  ])('of %s at %j is %s', (quantity, price, total) => {
    expect(lineTotal(quantity, price).toFixed()).toBe(total);
  });

  it('is the exact product rounded half up, whatever the figures', () => {
    fc.assert(
      fc.property(decimal(10n ** 18n), decimal(10n ** 21n), (quantity, price) => {
        const exact = quantity.millionths * price.millionths;
        const rounded = (exact + 500_000_000_000n) / 1_000_000_000_000n;
        expect(lineTotal(quantity.text, { unitPriceDecimal: price.text }).toFixed()).toBe(rounded.toString());
      }),
    );
  });

  it('sums beyond what a JSON number holds', () => {
    expect(sumOf([9007199254740991, 9007199254740991, -1]).toFixed()).toBe('18014398509481981');
  });
});
