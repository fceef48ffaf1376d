import { z } from 'zod';
import type { Contract } from './contract.js';

/**
 * JSON Schema (2020-12) of a contract's rows as change events carry them: the files in docs/contracts and
 * `GET /contracts/{name}/schema` (interfaces 2). Further fields are allowed, since consumers ignore what they do not know.
 */
export function jsonSchemaOf(contract: Contract): object {
  const { $schema, ...schema } = z.toJSONSchema(contract.row, { target: 'draft-2020-12', io: 'input' });
  return {
    $schema,
    $id: `urn:orderkeel:contract:${contract.name}:v${contract.version}`,
    title: contract.name,
    description: `A row of ${contract.schema}.${contract.table}; events are ordered by ${contract.key}`,
    ...schema,
    examples: [contract.example],
  };
}
