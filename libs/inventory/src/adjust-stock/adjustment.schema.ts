import {
  batchOf,
  Envelope,
  idOut,
  instantOut,
  quantityChangeIn,
  quantityOrZeroIn,
  quantityOut,
  textIn,
} from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const changeOut = z.string().meta({ description: 'Change of what is on hand, exact decimal', examples: ['-1.5'] });

/** A stock adjustment as it is sent: `delta` or `counted`. */
export const adjustmentIn = z
  .strictObject({
    sku: textIn(200),
    location: textIn(200).meta({ description: '`main` exists from the start' }),
    delta: quantityChangeIn.optional(),
    counted: quantityOrZeroIn.optional(),
    reason: textIn(1000),
    actor: textIn(200).optional().meta({ description: 'Who does it, while authentication is off; default anonymous' }),
    idempotencyKey: textIn(200).optional(),
  })
  .superRefine(({ delta, counted }, context) => {
    if (delta === undefined && counted === undefined)
      context.addIssue({
        code: 'custom',
        path: ['delta'],
        message: 'or counted is required',
        params: { code: 'required' },
      });
    if (delta !== undefined && counted !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['counted'],
        message: 'excludes delta',
        params: { code: 'not-allowed' },
      });
  });

/** Body of a single adjustment. */
export class AdjustmentIn extends createZodDto(adjustmentIn) {}
/** Body of a batch; each item is checked on its own. */
@Envelope()
export class AdjustmentBatch extends createZodDto(
  z.strictObject({ adjustments: batchOf(z.unknown().meta({ description: 'A stock adjustment' })) }),
) {}

/** One adjustment. */
export class AdjustmentOut extends createZodDto(
  z.object({
    id: idOut,
    sku: z.string(),
    location: z.string(),
    delta: changeOut,
    counted: quantityOut.nullable(),
    onHand: quantityOut.meta({ description: 'On hand since then' }),
    reason: z.string(),
    actor: z.string(),
    idempotencyKey: z.string().nullable(),
    recordedAt: instantOut,
  }),
) {}
