import { idIn, instantIn, textIn } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { category, severity } from '../read-timeline/entry.schema.js';

/** Body of an entry that somebody outside the modules appends. */
export class EntryIn extends createZodDto(
  z.strictObject({
    statusCode: textIn(200)
      .regex(/^[^:\s]+:[^:\s]+$/, 'must be namespace:status')
      .meta({
        description: '`manual:closed` comes from closing an entry and is refused here: 400',
        examples: ['manual:note'],
      }),
    severity: severity.optional().meta({ description: "Default: the word's own" }),
    category: category.optional().meta({ description: "Default: the word's own" }),
    payload: z.record(z.string(), z.json()).optional().meta({ description: 'Never personal data' }),
    recordedAt: instantIn.optional().meta({ description: 'Default now; at most 5 minutes ahead' }),
    idempotencyKey: textIn(200).optional(),
    writtenBy: textIn(200).optional(),
  }),
) {}

/** Path of one entry. */
export class EntryPath extends createZodDto(z.strictObject({ orderId: idIn, entryId: idIn })) {}
