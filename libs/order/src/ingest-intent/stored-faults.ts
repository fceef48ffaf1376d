import { isKnownCurrency } from '@orderkeel/commerce-core/contract';
import { z } from 'zod';
import { arithmeticFaults } from '../submit-intent/intent-arithmetic.js';
import type { RejectionReason } from './ingest.decide.js';
import type { ReceivedIntent } from './intent.store.js';

const minorUnits = z.int().nonnegative();
const content = z.object({
  lineItems: z
    .array(
      z.object({
        sku: z.string().min(1),
        quantity: z.string().regex(/^\d{1,12}(\.\d{1,6})?$/),
        unitPrice: minorUnits.optional(),
        unitPriceDecimal: z
          .string()
          .regex(/^\d+(\.\d{1,6})?$/)
          .optional(),
        total: minorUnits,
      }),
    )
    .min(1)
    .max(2000),
  totals: z.object({
    currency: z.string().refine(isKnownCurrency, 'is not a known currency'),
    subtotal: minorUnits,
    tax: minorUnits,
    shipping: minorUnits,
    discounts: minorUnits,
    total: minorUnits,
  }),
});

/**
 * The faults of an intent as it is stored: modules may insert intents by contract, past the API's checks, and the money
 * of an order must add up whoever wrote it (order X19).
 */
export function storedFaults(intent: Pick<ReceivedIntent, 'lineItems' | 'totals'>): RejectionReason[] {
  const shape = content.safeParse(intent);
  if (!shape.success) {
    return shape.error.issues.map(({ path, message }) => ({
      code: 'invalid-request',
      pointer: pointer(path),
      message,
    }));
  }
  return arithmeticFaults(intent).map(({ path, message }) => ({
    code: 'invalid-request',
    pointer: pointer(path),
    message,
  }));
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part)}`).join('');
}
