import { describe, expect, it } from '@jest/globals';
import { orderAnswer, orderAnswerAt, type AdjustmentRow, type OrderRow } from './order-answer.js';

const row: OrderRow = {
  orderId: 'o',
  intentRef: 'i',
  sourceSystem: 's',
  orderIntentId: 'k',
  externalOrderId: null,
  customerRef: 'c',
  currency: 'GBP',
  lineItems: [
    { orderLineId: 'a', sku: 'A', quantity: '3', unitPriceDecimal: '0.5', total: 2 },
    { orderLineId: 'b', sku: 'B', quantity: '1.5', unitPrice: 333, total: 500 },
  ],
  totals: { currency: 'GBP', subtotal: 502, tax: 10, shipping: 20, discounts: 30, total: 502 },
  shippingAddress: null,
  billingAddress: null,
  metadata: null,
  submittedAt: 't0',
  revision: 1,
  createdAt: 't1',
  updatedAt: 't1',
};

function adjustment(revision: number, changes: AdjustmentRow['changes'], kind: 'adjust' | 'cancel' = 'adjust') {
  const who = { reason: 'r', actor: 'ann', idempotencyKey: null };
  return { id: `adj-${revision}`, revision, kind, changes, ...who, createdAt: `t${revision}` };
}
const quantity = (orderLineId: string, to: string) => ({ type: 'lineQuantity', orderLineId, quantity: to }) as const;

describe('an order as it stands', () => {
  it('is what was accepted while nothing was adjusted', () => {
    const { effective, ...answer } = orderAnswer(row, []);
    expect(effective).toEqual({ lineItems: row.lineItems, totals: row.totals, cancelled: false });
    expect(answer).not.toHaveProperty('externalOrderId');
  });

  it('has the newest quantities, each line rounded half up, and tax, shipping and discounts as accepted', () => {
    const adjustments = [adjustment(2, [quantity('a', '9')]), adjustment(3, [quantity('a', '1'), quantity('b', '0')])];
    const { effective, totals } = orderAnswer({ ...row, revision: 3 }, adjustments);
    expect(effective.lineItems.map((line) => [line.quantity, line.total])).toEqual([
      ['1', 1],
      ['0', 0],
    ]);
    expect(effective.totals).toEqual({ ...row.totals, subtotal: 1, total: 1 });
    expect(totals).toEqual(row.totals);
  });

  it('is worth nothing once cancelled', () => {
    const { effective } = orderAnswer({ ...row, revision: 2 }, [adjustment(2, [], 'cancel')]);
    expect(effective.cancelled).toBe(true);
    expect(effective.lineItems.map((line) => [line.quantity, line.total])).toEqual(Array(2).fill(['0', 0]));
    const { currency, ...amounts } = effective.totals;
    expect([currency, ...new Set(Object.values(amounts))]).toEqual(['GBP', 0]);
  });

  it('ignores adjustments beyond its revision, which were committed between two reads', () => {
    const adjustments = [adjustment(2, [quantity('a', '9')]), adjustment(3, [], 'cancel')];
    expect(orderAnswer({ ...row, revision: 2 }, adjustments)).toMatchObject({
      adjustments: [{ revision: 2 }],
      effective: { cancelled: false },
    });
  });

  it('can be told as it was at an earlier revision', () => {
    const adjustments = [adjustment(2, [quantity('a', '9')]), adjustment(3, [], 'cancel')];
    const before = orderAnswer({ ...row, revision: 2, updatedAt: 't2' }, adjustments);
    expect(orderAnswerAt(2, { ...row, revision: 3, updatedAt: 't3' }, adjustments)).toEqual(before);
    expect(orderAnswerAt(1, { ...row, revision: 3, updatedAt: 't3' }, adjustments)).toEqual(orderAnswer(row, []));
  });
});
