import { describe, expect, it } from '@jest/globals';
import { CURRENCIES, exponentOf, isKnownCurrency } from './currencies.js';

describe('the currencies of ISO 4217', () => {
  it('have the minor unit that the standard gives them', () => {
    const exponents = { JPY: 0, KRW: 0, CLP: 0, ISK: 0, GBP: 2, EUR: 2, BHD: 3, KWD: 3, TND: 3, CLF: 4, UYW: 4 };
    expect(Object.fromEntries(Object.keys(exponents).map((code) => [code, exponentOf(code)]))).toEqual(exponents);
  });

  it('cannot carry an amount where there is no minor unit', () => {
    expect(['XAU', 'XDR', 'XTS', 'XXX'].map(exponentOf)).toEqual([null, null, null, null]);
    expect(isKnownCurrency('XAU')).toBe(false);
  });

  it('are told by their exact code only', () => {
    expect(['GBP', 'gbp', 'GB', '', 'ZZZ', 'constructor'].map(isKnownCurrency)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('are complete, unique and sorted', () => {
    const codes = CURRENCIES.map(({ code }) => code);
    expect(codes).toHaveLength(180);
    expect(codes).toEqual([...new Set(codes)].sort());
    for (const { code, exponent, name } of CURRENCIES) {
      expect(code).toMatch(/^[A-Z]{3}$/);
      expect(name).not.toBe('');
      expect([null, 0, 2, 3, 4]).toContain(exponent);
    }
  });
});
