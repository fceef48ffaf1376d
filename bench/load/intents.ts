/** Who sends the intents. */
export const SOURCE_SYSTEM = 'bench';

/** What orders are made of. */
export interface Assortment {
  /** How the names of the SKUs begin. */
  readonly family: string;
  /** How many SKUs there are, all ordered equally often. */
  readonly skus: number;
  /** Lines of an order, of different SKUs. */
  readonly lines: number;
  /** A SKU that every order wants one piece of, in a line more. */
  readonly always?: string;
}

/** What orders are made of unless something else is said. */
export const ALL_SKUS: Assortment = { family: 'BENCH', skus: 1_000, lines: 3 };

const PRIME = 7919;
const UNIT_PRICE = 255;

/** A SKU of an assortment by number, from 0 on. */
function skuOf({ family, skus }: Assortment, nth: number): string {
  return `${family}-${String(nth % skus).padStart(4, '0')}`;
}

/** The key of the intent with this number. */
export function keyOf(prefix: string, nth: number): string {
  return `${prefix}-${nth}`;
}

/** All SKUs of an assortment. */
export function skusOf(assortment: Assortment): string[] {
  const { skus, always } = assortment;
  return [...(always ? [always] : []), ...Array.from({ length: skus }, (_, nth) => skuOf(assortment, nth))];
}

/** The HTTP body of the intent with this number. */
export function intentOf(prefix: string, nth: number, assortment = ALL_SKUS): Record<string, unknown> {
  const { lines, always } = assortment;
  const spread = Array.from({ length: lines }, (_, line) =>
    lineOf(skuOf(assortment, nth * PRIME + line * 331), 1 + ((nth + line) % 3)),
  );
  const lineItems = always ? [lineOf(always, 1), ...spread] : spread;
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

function lineOf(sku: string, quantity: number) {
  return { sku, quantity, unitPrice: UNIT_PRICE, total: quantity * UNIT_PRICE };
}
