import { textIn } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

/** Body of a closing. */
export class CloseIn extends createZodDto(
  z.strictObject({
    reason: textIn(1000).meta({ description: 'Never personal data' }),
    writtenBy: textIn(200).optional(),
  }),
) {}
