import { instantOut } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

/** When a row came to be and when it last changed; part of every answer. */
export const timesOut = { createdAt: instantOut, updatedAt: instantOut };

const countOut = z.int().min(0);

/** The answer of a batch route: what became of the different names in it. */
export class PutCountsOut extends createZodDto(
  z.object({ created: countOut, updated: countOut, unchanged: countOut }),
) {}
