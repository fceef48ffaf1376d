import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { listOf, pageQuery } from '../lists/list.schema.js';
import { idIn, idOut, moneyIn, quantityIn, quantityOut, textIn } from '../schema/values.js';
import { Envelope } from '../validation/envelope.js';

/** What the sample's routes take and give. */
export const intent = z.strictObject({
  key: textIn(20),
  quantity: quantityIn,
  price: moneyIn,
  metadata: z.record(z.string(), z.json()).optional(),
});
/** Body of the single route. */
export class IntentIn extends createZodDto(intent) {}
/** An intent as it is answered. */
export class IntentOut extends createZodDto(z.object({ id: idOut, quantity: quantityOut })) {}
/** Path of one intent. */
export class IntentPath extends createZodDto(z.strictObject({ id: idIn })) {}
/** Query of the list. */
export class IntentQuery extends createZodDto(z.strictObject({ ...pageQuery, sku: textIn(10).optional() })) {}
/** A page of the list, which has no end. */
export class IntentList extends createZodDto(listOf(z.object({ sku: z.string() }))) {}
/** Body of the batch; its items are validated one by one. */
@Envelope()
export class IntentBatch extends createZodDto(z.strictObject({ intents: z.array(z.unknown()).min(1).max(3) })) {}
/** Whether each item was valid, in order. */
export class BatchResults extends createZodDto(z.object({ results: z.array(z.boolean()) })) {}

/** The only intent there is. */
export const ID = '0199aaaa-0000-7000-8000-00000000000f';
