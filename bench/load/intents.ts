/** Who sends the intents. */
export const SOURCE_SYSTEM = 'bench';

/** How many SKUs orders are spread over. */
export const SKU_COUNT = 1000;

const LINES = 3;
const PRIME = 7919;
const UNIT_PRICE = 255;

/** A SKU by number, from 0 on. */
export function skuOf(nth: number): string {
  return `BENCH-${String(nth % SKU_COUNT).padStart(4, '0')}`;
}

/** The key of the intent with this number. */
export function keyOf(prefix: string, nth: number): string {
  return `${prefix}-${nth}`;
}

/** The HTTP body of the intent with this number: three lines of different SKUs, all SKUs equally often. */
export function intentOf(prefix: string, nth: number): Record<string, unknown> {
  const lineItems = Array.from({ length: LINES }, (_, line) => {
    const quantity = 1 + ((nth + line) % 3);
    return { sku: skuOf(nth * PRIME + line * 331), quantity, unitPrice: UNIT_PRICE, total: quantity * UNIT_PRICE };
  });
  const subtotal = lineItems.reduce((sum, { total }) => sum + total, 0);
  return {
    orderIntentId: keyOf(prefix, nth),
    sourceSystem: SOURCE_SYSTEM,
    customerRef: `customer-${nth % 500}`,
    lineItems,
    totals: { currency: 'GBP', subtotal, tax: 0, shipping: 0, discounts: 0 },
    submittedAt: '2026-11-21T08:26:00Z',
  };
}
