import {
  idIn,
  idOut,
  instantIn,
  instantOut,
  listOf,
  moneyOut,
  pageQuery,
  quantityOut,
  textIn,
} from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const freeObject = z.record(z.string(), z.unknown());

/** A line on its way out; exactly one of the two prices is there. */
export const lineOut = z.object({
  sku: z.string(),
  quantity: quantityOut,
  unitPrice: moneyOut.optional(),
  unitPriceDecimal: z.string().optional(),
  total: moneyOut,
  description: z.string().optional(),
  variant: z.string().optional(),
  externalLineId: z.string().optional(),
});

/** Order-level amounts on their way out. */
export const totalsOut = z.object({
  currency: z.string(),
  subtotal: moneyOut,
  tax: moneyOut,
  shipping: moneyOut,
  discounts: moneyOut,
  total: moneyOut,
});

/** What an intent may say besides lines and amounts; intents and orders show it alike. */
export const optionalFieldsOut = {
  externalOrderId: z.string().optional(),
  shippingAddress: freeObject.optional(),
  billingAddress: freeObject.optional(),
  metadata: freeObject.optional(),
};

const changeOut = z.discriminatedUnion('type', [
  z.object({ type: z.literal('lineQuantity'), orderLineId: idOut, quantity: quantityOut }),
  z.object({ type: z.literal('note'), text: z.string() }),
]);

const adjustmentOut = z.object({
  id: idOut,
  revision: z.int(),
  kind: z.enum(['cancel', 'adjust']),
  changes: z.array(changeOut),
  reason: z.string(),
  actor: z.string(),
  idempotencyKey: z.string().nullable(),
  createdAt: instantOut,
});

const orderLineOut = z.object({ orderLineId: idOut, ...lineOut.shape });

const orderOut = z.object({
  orderId: idOut,
  intentRef: idOut.meta({ description: 'The intent that became this order' }),
  sourceSystem: z.string(),
  orderIntentId: z.string(),
  customerRef: z.string(),
  currency: z.string(),
  lineItems: z.array(orderLineOut),
  totals: totalsOut,
  ...optionalFieldsOut,
  submittedAt: instantOut,
  revision: z.int().min(1),
  createdAt: instantOut,
  updatedAt: instantOut,
  adjustments: z.array(adjustmentOut),
  effective: z.object({ lineItems: z.array(orderLineOut), totals: totalsOut, cancelled: z.boolean() }),
});

/** One order: as accepted, what happened to it, and as it stands now (interfaces 3). */
export type OrderAnswer = z.output<typeof orderOut>;

/** One order. */
export class OrderOut extends createZodDto(orderOut) {}
/** A page of orders. */
export class OrderList extends createZodDto(listOf(orderOut)) {}
/** Path of one order. */
export class OrderPath extends createZodDto(z.strictObject({ orderId: idIn })) {}
/** Query of the list of orders. */
export class OrdersQuery extends createZodDto(
  z.strictObject({
    ...pageQuery,
    customerRef: textIn(200).optional(),
    sourceSystem: textIn(200).optional(),
    externalOrderId: textIn(200).optional(),
    sku: textIn(200).optional().meta({ description: 'Of a line as it was accepted' }),
    statusCode: textIn(200).optional().meta({ description: 'Is the newest of its module' }),
    createdFrom: instantIn.optional().meta({ description: 'Created then or later' }),
    createdTo: instantIn.optional().meta({ description: 'Created before then' }),
  }),
) {}
