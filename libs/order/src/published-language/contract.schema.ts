import { listOf, pageQuery, textIn } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const contractOut = z.object({
  name: z.string().meta({ examples: ['order.order'] }),
  version: z.int(),
  table: z
    .string()
    .meta({ description: 'Behind the connector prefix and a point it is the topic', examples: ['order.order'] }),
  keyColumn: z.string().meta({ description: 'Events are ordered by its value' }),
  mutable: z.boolean().meta({ description: 'An event of a mutable contract says only which row changed' }),
  schema: z.string().meta({ description: 'Where its JSON Schema is' }),
});
/** A contract as it is listed. */
export type ContractAnswer = z.output<typeof contractOut>;

/** A page of contracts. */
export class ContractList extends createZodDto(listOf(contractOut)) {}
/** Query of the contracts. */
export class ContractsQuery extends createZodDto(z.strictObject(pageQuery)) {}
/** Path of one contract. */
export class ContractPath extends createZodDto(z.strictObject({ name: textIn(200) })) {}
/** A JSON Schema. */
export class SchemaOut extends createZodDto(
  z.looseObject({ $schema: z.string(), $id: z.string(), title: z.string() }),
) {}
