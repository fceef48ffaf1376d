import { Envelope, idOut } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { INTENT_STATES } from '../contract/order-intent.contract.js';
import { orderIntentBody } from './intent-body.js';

/** Intents of one batch (interfaces 3). */
const MAX_BATCH = 1000;

const receipt = { id: idOut, orderId: idOut, state: z.enum(INTENT_STATES) };

/** Body of a single submission. */
export class OrderIntentIn extends createZodDto(orderIntentBody) {}
/** What is known of an intent right after it was submitted. */
export class IntentReceipt extends createZodDto(z.object(receipt)) {}
/** Body of a batch; each item is checked on its own. */
@Envelope()
export class IntentBatch extends createZodDto(
  z.strictObject({
    intents: z
      .array(z.unknown().meta({ description: 'An order intent' }))
      .min(1)
      .max(MAX_BATCH),
  }),
) {}

const batchResult = z.object({
  index: z.int(),
  status: z.int().meta({ description: 'HTTP status of the single request' }),
  orderIntentId: z.string().nullable().meta({ description: 'null where none can be read' }),
  id: idOut.optional(),
  orderId: idOut.optional(),
  state: z.enum(INTENT_STATES).optional(),
  problem: z.looseObject({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() }).optional(),
});
/** What became of one intent of a batch. */
export type BatchResult = z.output<typeof batchResult>;
/** What became of a batch, in its order. */
export class IntentBatchResults extends createZodDto(z.object({ results: z.array(batchResult) })) {}
