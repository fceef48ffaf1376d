import { isKnownCurrency } from '@orderkeel/commerce-core/contract';
import { instantIn, moneyIn, quantityIn, textIn, unitPriceDecimalIn } from '@orderkeel/platform/contract';
import { z } from 'zod';
import { arithmeticFaults } from './intent-arithmetic.js';

/** Lines of one intent (order S1.80). */
const MAX_LINES = 2000;
/** Characters of names and references; the table has the same bound. */
const REFERENCE = 200;

const lineItem = z.strictObject({
  sku: textIn(REFERENCE),
  quantity: quantityIn,
  unitPrice: moneyIn.optional(),
  unitPriceDecimal: unitPriceDecimalIn.optional(),
  total: moneyIn.meta({ description: 'quantity x unit price, rounded half up to minor units' }),
  description: z.string().max(1000).optional(),
  variant: textIn(REFERENCE).optional(),
  externalLineId: textIn(REFERENCE).optional(),
});

const currency = z.string().superRefine((code, context) => {
  if (isKnownCurrency(code)) return;
  const message = 'must be a currency of ISO 4217 that has a minor unit';
  context.addIssue({ code: 'custom', message, params: { code: 'unknown-currency' } });
});

const totals = z.strictObject({
  currency: currency.meta({ description: 'ISO 4217', examples: ['GBP'] }),
  subtotal: moneyIn.meta({ description: 'Sum of the line totals' }),
  tax: moneyIn,
  shipping: moneyIn,
  discounts: moneyIn,
  total: moneyIn.optional().meta({ description: 'subtotal - discounts + tax + shipping' }),
});

/** Addresses and metadata: the caller's own shape, kept as it is. */
const freeObject = z.record(z.string(), z.json());

/** An order intent as interfaces 2 has it. What it gives is normalised; every fault names its field. */
export const orderIntentBody = z
  .strictObject({
    orderIntentId: textIn(REFERENCE).meta({ examples: ['web-10045'] }),
    sourceSystem: textIn(REFERENCE).meta({ examples: ['channel.shopify'] }),
    customerRef: textIn(REFERENCE).meta({ examples: ['17850'] }),
    lineItems: z.array(lineItem).min(1).max(MAX_LINES),
    totals,
    submittedAt: instantIn,
    externalOrderId: textIn(REFERENCE).optional(),
    payloadHash: textIn(REFERENCE).optional().meta({ description: 'kept, never trusted' }),
    shippingAddress: freeObject.optional(),
    billingAddress: freeObject.optional(),
    metadata: freeObject.optional(),
  })
  .superRefine((intent, context) => {
    // Figures that are wrong by themselves need no second fault for not adding up.
    if (context.issues.length > 0) return;
    for (const { path, code, message } of arithmeticFaults(intent))
      context.addIssue({ code: 'custom', path, message, params: { code } });
  });

/** An intent that passed its checks. */
export type OrderIntentBody = z.output<typeof orderIntentBody>;
