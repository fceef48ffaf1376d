import { idIn, quantityOrZeroIn, textIn } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { revisionFields } from '../revise-order/command.schema.js';

/** Changes of one adjustment: as many as an order can have lines. */
const MAX_CHANGES = 2000;

const change = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('lineQuantity'),
    orderLineId: idIn,
    quantity: quantityOrZeroIn.meta({ description: "The line's new quantity; 0 is allowed, the line stays" }),
  }),
  z.strictObject({ type: z.literal('note'), text: textIn(10_000) }),
]);

/** Body of an adjustment. */
export class AdjustIn extends createZodDto(
  z.strictObject({ ...revisionFields, changes: z.array(change).min(1).max(MAX_CHANGES) }),
) {}
