import { describe, expect, it } from '@jest/globals';
import type { RevisedOrder } from '../revise-order/revise-order.js';
import { changeFaults, withoutFreeText } from './adjust.decide.js';

const totals = { currency: 'GBP', subtotal: 100, tax: 0, shipping: 0, discounts: 0, total: 100 };
const order: RevisedOrder = {
  revision: 2,
  totals,
  lineItems: [{ orderLineId: 'a', sku: 'A', quantity: '1', unitPrice: 100, total: 100 }],
  adjustments: [],
};
const quantity = (orderLineId: string, to: string) => ({ type: 'lineQuantity', orderLineId, quantity: to }) as const;
const note = { type: 'note', text: 'Ms Miller' } as const;

describe('the changes of an adjustment', () => {
  it('name lines of the order', () => {
    expect(changeFaults(order, [note, quantity('a', '0')])).toEqual([]);
    expect(changeFaults(order, [note, quantity('x', '1'), quantity('y', '1')])).toMatchObject([
      { pointer: '/changes/1/orderLineId', code: 'unknown-line' },
      { pointer: '/changes/2/orderLineId', code: 'unknown-line' },
    ]);
  });

  it('say only one quantity for a line', () => {
    const two = { ...order, lineItems: [...order.lineItems, { ...order.lineItems[0]!, orderLineId: 'b' }] };
    expect(changeFaults(two, [quantity('a', '1'), note, note, quantity('b', '1')])).toEqual([]);
    expect(changeFaults(two, [quantity('a', '1'), quantity('b', '1'), quantity('a', '1')])).toMatchObject([
      { pointer: '/changes/2/orderLineId', code: 'repeated-line' },
    ]);
  });

  it('leave amounts that a JSON number states exactly', () => {
    const most = '90071992547409';
    expect(changeFaults(order, [quantity('a', most)])).toEqual([]);
    expect(changeFaults(order, [quantity('a', '90071992547410')])).toMatchObject([{ code: 'total-too-large' }]);
    expect(changeFaults({ ...order, totals: { ...totals, tax: 92 } }, [quantity('a', most)])).toMatchObject([
      { code: 'total-too-large' },
    ]);
  });

  it('are told to others without the text of notes', () => {
    expect(withoutFreeText([note, quantity('a', '1')])).toEqual([{ type: 'note' }, quantity('a', '1')]);
  });
});
