import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { revisionFields } from '../revise-order/command.schema.js';

/** Body of a cancellation. */
export class CancelIn extends createZodDto(z.strictObject(revisionFields)) {}
