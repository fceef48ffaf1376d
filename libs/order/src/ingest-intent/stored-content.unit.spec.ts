import { describe, expect, it } from '@jest/globals';
import { checkContent } from './stored-content.js';

const locked = { id: 'i', orderId: 'o', tenantId: null, contentHash: 'h', updatedAt: '2026-11-21T08:26:00.000000Z' };
const line = { sku: 'A', quantity: '2', unitPrice: 100, total: 200 };
const totals = { currency: 'GBP', subtotal: 200, tax: 0, shipping: 0, discounts: 0, total: 200 };
const content = {
  sourceSystem: 'channel.test',
  orderIntentId: 'web-1',
  externalOrderId: null,
  customerRef: '17850',
  lineItems: [line],
  totals,
  shippingAddress: null,
  billingAddress: null,
  metadata: null,
  payloadHash: null,
  submittedAt: '2026-11-21T08:26:00+00:00',
};
const checked = (changed: object) => checkContent([{ ...locked, content: { ...content, ...changed } }])[0]!;

describe('the content of a stored intent', () => {
  it('is accepted as it was submitted', () => {
    expect(checked({})).toMatchObject({ kind: 'accept', intent: { ...locked, lineItems: [line], totals } });
  });

  it('is normalised and completed where another writer did not', () => {
    const { total: _, ...written } = totals;
    const intent = { lineItems: [line], totals };
    expect(checked({ lineItems: [{ ...line, quantity: 2 }], totals: written })).toMatchObject({
      kind: 'accept',
      intent,
    });
  });

  it.each([
    ['no quantity above 0', { lineItems: [{ ...line, quantity: '0', total: 0 }] }, '/lineItems/0/quantity'],
    ['two prices', { lineItems: [{ ...line, unitPriceDecimal: '100' }] }, '/lineItems/0/unitPriceDecimal'],
    ['a field that nobody knows', { lineItems: [{ ...line, note: 'x' }] }, '/lineItems/0/note'],
    ['an endless SKU', { lineItems: [{ ...line, sku: 'A'.repeat(201) }] }, '/lineItems/0/sku'],
    ['a line total that does not follow', { lineItems: [{ ...line, total: 201 }] }, '/lineItems/0/total'],
    ['a line that is none', { lineItems: [null] }, '/lineItems/0'],
    ['an unknown currency', { totals: { ...totals, currency: 'XXX' } }, '/totals/currency'],
    ['a total that does not add up', { totals: { ...totals, total: 201 } }, '/totals/total'],
    ['an endless customer reference', { customerRef: '1'.repeat(201) }, '/customerRef'],
    ['an address that is none', { shippingAddress: 'High St' }, '/shippingAddress'],
    ['a time that no caller can state', { submittedAt: '0044-03-15T12:00:00+00:00 BC' }, '/submittedAt'],
  ])('is refused for %s', (_what, changed, pointer) => {
    const reasons = expect.arrayContaining([expect.objectContaining({ code: 'invalid-request', pointer })]);
    expect(checked(changed)).toMatchObject({ kind: 'reject', httpStatus: 422, reasons });
  });
});
