import { textIn } from '@orderkeel/platform';
import { z } from 'zod';

/** Largest revision that the table holds. */
const MAX_REVISION = 2_147_483_647;

/** What every command on an order takes (interfaces 3). */
export const revisionFields = {
  reason: textIn(1000),
  actor: textIn(200).optional().meta({ description: 'Who does it, while authentication is off; default anonymous' }),
  expectedRevision: z
    .int()
    .min(1)
    .max(MAX_REVISION)
    .optional()
    .meta({ description: 'Refused when the order has changed since' }),
  idempotencyKey: textIn(200)
    .optional()
    .meta({ description: 'The same key again gives the first result and changes nothing' }),
};
