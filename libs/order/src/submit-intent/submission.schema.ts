import { batchOf, batchResultsOf, Envelope, idOut } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { INTENT_STATES } from '../contract/order-intent.contract.js';
import { orderIntentBody } from './intent-body.js';

const receipt = { id: idOut, orderId: idOut, state: z.enum(INTENT_STATES) };

/** Body of a single submission. */
export class OrderIntentIn extends createZodDto(orderIntentBody) {}
/** What is known of an intent right after it was submitted. */
export class IntentReceipt extends createZodDto(z.object(receipt)) {}
/** Body of a batch; each item is checked on its own. */
@Envelope()
export class IntentBatch extends createZodDto(
  z.strictObject({ intents: batchOf(z.unknown().meta({ description: 'An order intent' })) }),
) {}

/** What became of a batch, in its order. */
export class IntentBatchResults extends createZodDto(
  batchResultsOf({
    orderIntentId: z.string().nullable().meta({ description: 'null where none can be read' }),
    id: idOut.optional(),
    orderId: idOut.optional(),
    state: z.enum(INTENT_STATES).optional(),
  }),
) {}
