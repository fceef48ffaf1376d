import { describe, expect, it } from '@jest/globals';
import { heldOrder, takenByKey, type OrderDocument } from './order-document.js';
import { seenOrder } from './seen-orders.js';
import { newQuantities } from './take.decide.js';

const base = [
  { orderLineId: 'l1', sku: 'A', quantity: '5' },
  { orderLineId: 'l2', sku: 'B', quantity: '1.5' },
  { orderLineId: 'l3', sku: 'A', quantity: '4' },
];

function order(overrides: Partial<OrderDocument> = {}): OrderDocument {
  const at = '2011-01-01T00:00:00.000000Z';
  const names = { orderId: 'o', orderIntentId: '536365', submittedAt: at, revision: 1 };
  return { ...names, lineItems: base, adjustments: [], effective: { lineItems: base }, ...overrides };
}

const set = (orderLineId: string, quantity: string) => ({ type: 'lineQuantity' as const, orderLineId, quantity });

describe('an order as the server shows it', () => {
  it('has the effective quantity of each SKU left, over all of its lines', () => {
    const { left } = heldOrder(order());
    expect([...left]).toEqual([
      ['A', 9_000_000n],
      ['B', 1_500_000n],
    ]);
  });

  it('tells what each keyed adjustment took, whoever adjusted in between', () => {
    const adjustments = [
      { revision: 4, idempotencyKey: 'import:C2', changes: [set('l1', '0')] },
      { revision: 2, idempotencyKey: 'import:C1', changes: [set('l1', '3'), set('l3', '3')] },
      { revision: 3, idempotencyKey: null, changes: [set('l1', '2'), { type: 'note' as const }] },
    ];
    const taken = takenByKey(order({ adjustments }));
    expect([...taken]).toEqual([
      ['import:C1', new Map([['A', 3_000_000n]])],
      ['import:C2', new Map([['A', 2_000_000n]])],
    ]);
  });
});

describe('taking back from an order', () => {
  const take = (sku: string, quantity: bigint) => ({ orderId: 'o', sku, quantity });

  it('lowers its lines in their order, down to 0', () => {
    expect(
      newQuantities(seenOrder(order()), [take('A', 6_000_000n), take('B', 500_000n), take('A', 1_000_000n)]),
    ).toEqual([set('l1', '0'), set('l2', '1'), set('l3', '2')]);
  });

  it('is impossible when the order has less by now', () => {
    expect(newQuantities(seenOrder(order()), [take('A', 9_000_001n)])).toBe(undefined);
    expect(newQuantities(seenOrder(order()), [take('C', 1n)])).toBe(undefined);
  });
});
