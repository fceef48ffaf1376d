import { randomUUID } from 'node:crypto';

/** What a test wants to say of an intent's line. */
export interface LineWish {
  readonly sku?: string;
  readonly quantity?: number | string;
  readonly unitPrice?: number;
}

/** What a test wants to say of an intent; everything else is filled in so that it is valid. */
export interface IntentWish {
  readonly orderIntentId?: string;
  readonly sourceSystem?: string;
  readonly customerRef?: string;
  readonly lines?: readonly LineWish[];
  /** Further fields of the body, or others in their place. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** The HTTP body of a valid intent with a key of its own. Quantities are whole, so that totals need no rounding. */
export function anIntent({ lines = [{}], fields = {}, ...names }: IntentWish = {}): Record<string, unknown> {
  const lineItems = lines.map(({ sku = '85123A', quantity = 6, unitPrice = 255 }) => ({
    sku,
    quantity,
    unitPrice,
    total: Number(quantity) * unitPrice,
  }));
  const subtotal = lineItems.reduce((sum, line) => sum + line.total, 0);
  return {
    orderIntentId: `web-${randomUUID()}`,
    sourceSystem: 'channel.test',
    customerRef: '17850',
    lineItems,
    totals: { currency: 'GBP', subtotal, tax: 0, shipping: 0, discounts: 0 },
    submittedAt: '2026-11-21T08:26:00Z',
    ...names,
    ...fields,
  };
}
