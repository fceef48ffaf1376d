import { describe, expect, it } from '@jest/globals';
import { readIntentLine } from './intent-line.js';

const line = (text: string, cutOff?: true) => ({ file: 'f', number: 1, text, ...(cutOff ? { cutOff } : {}) });

const intent = {
  orderIntentId: 'web-1',
  sourceSystem: 'channel.web',
  customerRef: '1',
  lineItems: [{ sku: 'A', quantity: '3', unitPriceDecimal: '255.5', total: 767 }],
  totals: { currency: 'GBP', subtotal: 767, tax: 100, shipping: 50, discounts: 17 },
};

function read(value: unknown, source?: string) {
  const reading = readIntentLine(line(JSON.stringify(value)), source);
  if (typeof reading === 'string') return reading;
  return { ...reading, value: reading.value.toFixed(), rounding: reading.rounding.toFixed() };
}

describe('a line of NDJSON', () => {
  it('has the value of its totals in major units, and what rounding added', () => {
    expect(read(intent)).toMatchObject({
      source: 'channel.web',
      orderIntentId: 'web-1',
      currency: 'GBP',
      value: '9',
      rounding: '0.005',
    });
  });

  it('has minor units of its currency, which may be none or three digits', () => {
    const totals = { subtotal: 1234, tax: 0, shipping: 0, discounts: 0, total: 1234 };
    expect(read({ ...intent, totals: { ...totals, currency: 'JPY' } })).toMatchObject({ value: '1234' });
    expect(read({ ...intent, totals: { ...totals, currency: 'KWD' } })).toMatchObject({ value: '1.234' });
  });

  it('has no value when its currency or its totals cannot be read, and is passed on all the same', () => {
    expect(read({ ...intent, totals: { currency: 'ABC', total: 1 } })).toMatchObject({
      value: '0',
      currency: undefined,
    });
    expect(read({ totals: { currency: 'GBP', total: '1e3' }, lineItems: [null] })).toMatchObject({ value: '0' });
    expect(read({})).toMatchObject({ text: '{}', value: '0' });
  });

  it('is passed on digit by digit, also under another source system', () => {
    const text = '{ "orderIntentId": "1", "sourceSystem": "a", "x": 9007199254740993 } ';
    expect(readIntentLine(line(text), undefined)).toMatchObject({ text, source: 'a' });
    const renamed = readIntentLine(line(text), 'b');
    expect(renamed).toMatchObject({ source: 'b' });
    const sent = typeof renamed === 'string' ? '' : renamed.text;
    expect(sent).toContain('9007199254740993');
    expect(JSON.parse(sent)).toMatchObject({ orderIntentId: '1', sourceSystem: 'b' });
    expect(readIntentLine(line('{}'), 'b')).toMatchObject({ text: '{"sourceSystem":"b"}' });
  });

  it('is refused by itself when it is no JSON object, or too long', () => {
    expect(readIntentLine(line('{"a":'), undefined)).toBe('malformed-json');
    expect(readIntentLine(line('[1]'), undefined)).toBe('invalid-request');
    expect(readIntentLine(line('null'), undefined)).toBe('invalid-request');
    expect(readIntentLine(line('{', true), undefined)).toBe('payload-too-large');
  });
});
