import { idIn, idOut, instantOut, listOf, pageQuery, textIn } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { INTENT_STATES } from '../contract/order-intent.contract.js';
import { lineOut, optionalFieldsOut, totalsOut } from '../read-orders/order.schema.js';

const reasonOut = z.object({
  code: z.string().meta({ examples: ['unknown-sku'] }),
  pointer: z.string().optional().meta({ description: 'JSON Pointer into the intent' }),
  message: z.string(),
});

const intentOut = z.object({
  id: idOut,
  orderId: idOut.meta({ description: 'The order that it is or becomes' }),
  state: z.enum(INTENT_STATES),
  orderIntentId: z.string(),
  sourceSystem: z.string(),
  customerRef: z.string(),
  lineItems: z.array(lineOut),
  totals: totalsOut,
  submittedAt: instantOut,
  ...optionalFieldsOut,
  payloadHash: z.string().optional(),
  contentHash: z.string().meta({ description: 'SHA-256 of the RFC 8785 form without payloadHash' }),
  receivedAt: instantOut,
  updatedAt: instantOut,
  rejection: z.object({ code: z.string(), reasons: z.array(reasonOut) }).nullable(),
});

/** One intent: what was sent, what became of it, and why it was rejected if it was (interfaces 3). */
export type IntentAnswer = z.output<typeof intentOut>;

/** One intent. */
export class IntentOut extends createZodDto(intentOut) {}
/** A page of intents. */
export class IntentList extends createZodDto(listOf(intentOut)) {}
/** Path of one intent. */
export class IntentPath extends createZodDto(z.strictObject({ id: idIn })) {}
/** Query of the list of intents. */
export class IntentsQuery extends createZodDto(
  z.strictObject({
    ...pageQuery,
    sourceSystem: textIn(200).optional(),
    orderIntentId: textIn(200).optional(),
    state: z.enum(INTENT_STATES).optional(),
  }),
) {}
