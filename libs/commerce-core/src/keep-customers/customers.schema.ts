import { batchOf, listOf, pageQuery, textIn } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { timesOut } from '../api/answers.schema.js';

const customerRef = textIn(200).meta({ description: 'Reference given by the channel; case is kept' });
const content = { name: textIn(500).optional() };

/** Path of one customer. */
export class CustomerPath extends createZodDto(z.strictObject({ customerRef })) {}
/** Body of a put; replaces everything that was there. */
export class CustomerIn extends createZodDto(z.strictObject(content)) {}
/** Body of the batch route. */
export class CustomerBatch extends createZodDto(
  z.strictObject({ customers: batchOf(z.strictObject({ customerRef, ...content })) }),
) {}
/** Query of the list. */
export class CustomerQuery extends createZodDto(z.strictObject(pageQuery)) {}

const customerOut = z.object({ customerRef: z.string(), name: z.string().optional(), ...timesOut });
/** A customer as it is answered. */
export type CustomerAnswer = z.output<typeof customerOut>;
/** One customer. */
export class CustomerOut extends createZodDto(customerOut) {}
/** A page of customers. */
export class CustomerList extends createZodDto(listOf(customerOut)) {}
