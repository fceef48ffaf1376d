import { describe, expect, it } from '@jest/globals';
import { anIntent } from '../../../../test/builders/an-intent.js';
import { validateIntent, type IntentContent } from './intent-content.js';

/** `pointer code` of each fault; none for a valid intent. */
function faults(body: unknown): string[] {
  const validated = validateIntent(body);
  return 'faults' in validated ? validated.faults.map(({ pointer, code }) => `${pointer} ${code}`) : [];
}

function content(body: unknown): IntentContent {
  const validated = validateIntent(body);
  if ('faults' in validated) throw new Error(JSON.stringify(validated.faults));
  return validated.value;
}

const line = { sku: 'A', quantity: 2, unitPrice: 100, total: 200 };
const totals = { currency: 'GBP', subtotal: 200, tax: 0, shipping: 0, discounts: 0 };
const withLine = (changed: object) => anIntent({ fields: { lineItems: [{ ...line, ...changed }], totals } });
const withTotals = (changed: object) => anIntent({ fields: { lineItems: [line], totals: { ...totals, ...changed } } });

describe('an order intent', () => {
  it('is accepted with what interfaces 2 requires, and with everything optional', () => {
    const address = { street: '1 High St' };
    const optional = {
      externalOrderId: '#1',
      payloadHash: 'x',
      shippingAddress: address,
      billingAddress: {},
      metadata: {},
    };
    expect(faults(anIntent())).toEqual([]);
    expect(faults(anIntent({ fields: optional }))).toEqual([]);
    expect(faults(withLine({ description: '', variant: 'red', externalLineId: '1' }))).toEqual([]);
  });

  it.each(['orderIntentId', 'sourceSystem', 'customerRef', 'lineItems', 'totals', 'submittedAt'])(
    'needs %s',
    (field) => {
      expect(faults(anIntent({ fields: { [field]: undefined } }))).toEqual([`/${field} required`]);
    },
  );

  it('has 1 to 2,000 lines', () => {
    expect(faults(anIntent({ lines: [] }))).toEqual(['/lineItems too-few']);
    expect(faults(anIntent({ lines: Array.from({ length: 2000 }, () => ({})) }))).toEqual([]);
    expect(faults(anIntent({ lines: Array.from({ length: 2001 }, () => ({})) }))).toEqual(['/lineItems too-many']);
  });

  it('is in a currency in which amounts can be stated', () => {
    expect(faults(withTotals({ currency: 'JPY' }))).toEqual([]);
    for (const currency of ['XXX', 'XAU', 'gbp', 'ABC', ''])
      expect(faults(withTotals({ currency }))).toEqual(['/totals/currency unknown-currency']);
  });

  it('has amounts in whole minor units, not negative', () => {
    expect(faults(withLine({ unitPrice: 1.5 }))).toEqual(['/lineItems/0/unitPrice not-an-integer']);
    expect(faults(withLine({ total: -200 }))).toEqual(['/lineItems/0/total negative']);
    expect(faults(withTotals({ tax: '1' }))).toEqual(['/totals/tax wrong-type']);
    expect(faults(withTotals({ tax: 2 ** 53 }))).toEqual(['/totals/tax number-out-of-range']);
  });

  it('knows its fields and no others', () => {
    expect(faults(anIntent({ fields: { state: 'accepted' } }))).toEqual(['/state unknown-field']);
    expect(faults(withLine({ orderLineId: 'x' }))).toEqual(['/lineItems/0/orderLineId unknown-field']);
  });
});

describe('the arithmetic of an intent', () => {
  it.each([
    ['a line without a price', withLine({ unitPrice: undefined }), '/lineItems/0/unitPrice required'],
    ['a line with two prices', withLine({ unitPriceDecimal: '100' }), '/lineItems/0/unitPriceDecimal two-prices'],
    ['a line total that is not quantity x price', withLine({ quantity: 3 }), '/lineItems/0/total line-total-mismatch'],
    ['a subtotal that is not the sum', withTotals({ subtotal: 201 }), '/totals/subtotal subtotal-mismatch'],
    ['a total that does not follow', withTotals({ total: 201 }), '/totals/total total-mismatch'],
    ['discounts beyond the total', withTotals({ discounts: 201 }), '/totals/discounts total-negative'],
    ['amounts beyond 2^53 - 1', withTotals({ tax: 9007199254740991 }), '/totals total-too-large'],
  ])('refuses %s', (_what, body, fault) => {
    expect(faults(body)).toEqual([fault]);
  });

  it('names every figure that is wrong', () => {
    const lineItems = [line, { ...line, total: 199 }, { ...line, quantity: '1.005', total: 100 }];
    expect(faults(anIntent({ fields: { lineItems, totals: { ...totals, total: 7 } } }))).toEqual([
      '/lineItems/1/total line-total-mismatch',
      '/lineItems/2/total line-total-mismatch',
      '/totals/subtotal subtotal-mismatch',
      '/totals/total total-mismatch',
    ]);
  });

  it('rounds half up, also prices with fractions', () => {
    expect(faults(withLine({ quantity: '1.995', total: 200 }))).toEqual([]);
    const cheap = { sku: 'A', quantity: 2000, unitPriceDecimal: '0.1', total: 200 };
    expect(faults(anIntent({ fields: { lineItems: [cheap], totals } }))).toEqual([]);
  });

  it('fills in the total where it was left out', () => {
    expect(content(withTotals({ tax: 40, shipping: 10, discounts: 20 })).totals.total).toBe(230);
  });
});

describe('the content hash', () => {
  const hash = (body: unknown) => content(body).contentHash;
  const body = withLine({});

  it('is the same however the same content is written', () => {
    expect(hash(body)).toMatch(/^[0-9a-f]{64}$/);
    expect(hash({ ...body, lineItems: [{ ...line, quantity: '2.00' }] })).toBe(hash(body));
    expect(hash(Object.fromEntries(Object.entries(body).reverse()))).toBe(hash(body));
    expect(hash({ ...body, submittedAt: '2026-11-21T10:26:00.000+02:00' })).toBe(hash(body));
    expect(hash({ ...body, totals: { ...totals, total: 200 } })).toBe(hash(body));
    expect(hash({ ...body, payloadHash: 'anything' })).toBe(hash(body));
  });

  it('changes with every field', () => {
    const others = [
      { ...body, customerRef: 'other' },
      { ...body, externalOrderId: '' + 1 },
      { ...body, metadata: {} },
      { ...body, lineItems: [{ ...line, variant: 'red' }] },
      { ...body, totals: { ...totals, currency: 'EUR' } },
    ];
    expect(new Set([body, ...others].map(hash)).size).toBe(6);
  });
});
