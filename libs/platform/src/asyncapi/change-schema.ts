import type { Contract } from '../contract/contract.js';

/** How AsyncAPI 3 says that a schema is JSON Schema of this draft; its own Schema Object is of an older one. */
const SCHEMA_FORMAT = 'application/schema+json;version=draft-2020-12';

/** A schema among the document's components, with its format. */
export interface FormattedSchema {
  readonly schemaFormat: string;
  readonly schema: object;
}

/** Says of a JSON Schema that it is one of 2020-12. */
export function formatted(schema: object): FormattedSchema {
  return { schemaFormat: SCHEMA_FORMAT, schema };
}

/** Only schemas of the same format may refer to it. */
function schemaRef(name: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}/schema` };
}

const SOURCE = 'debezium.source';
const TRANSACTION = 'debezium.transaction';

const REPEATED =
  'A change may come more than once, and a row may be told of again as `r`. Unknown fields are to be ignored.';
const UNAVAILABLE =
  'The row as it is after the change; null for `d`. A long text that an update left as it was may stand here as ' +
  '`__debezium_unavailable_value`.';

/**
 * JSON Schema (2020-12) of what Debezium writes about one change of a contract's rows (debezium 1.2). Rows of a contract
 * that is not mutable are never updated or deleted.
 */
export function changeSchemaOf({ name, mutable }: Contract): object {
  const operations = mutable ? ['c', 'u', 'd', 'r'] : ['c', 'r'];
  return {
    title: `${name}.change`,
    description: `One change of a row of ${name}. ${REPEATED}`,
    type: 'object',
    required: ['op', 'before', 'after', 'source', 'ts_ms'],
    properties: {
      op: {
        enum: operations,
        description: `${mutable ? 'c: inserted, u: updated, d: deleted' : 'c: inserted'}, r: read by a snapshot`,
      },
      before: {
        anyOf: [{ type: 'null' }, identified(name)],
        description: 'Who the row was, for `d`. Of other columns it holds nothing that can be relied on.',
      },
      after: { anyOf: [{ type: 'null' }, schemaRef(name)], description: UNAVAILABLE },
      source: schemaRef(SOURCE),
      transaction: { anyOf: [{ type: 'null' }, schemaRef(TRANSACTION)] },
      ts_ms: { type: 'integer', description: "Milliseconds since 1970, of the connector's clock" },
    },
    if: { properties: { op: { const: 'd' } } },
    then: { properties: { before: { type: 'object' }, after: { type: 'null' } } },
    else: { properties: { after: { type: 'object' } } },
  };
}

function identified(name: string): object {
  const id = { $ref: `${schemaRef(name).$ref}/properties/id` };
  return { type: 'object', required: ['id'], properties: { id } };
}

const integerOrNull = { anyOf: [{ type: 'integer' }, { type: 'null' }] };
const textOrNull = { anyOf: [{ type: 'string' }, { type: 'null' }] };

/** The schemas that all envelopes refer to, by name. */
export const SHARED_SCHEMAS: Readonly<Record<string, object>> = {
  [SOURCE]: {
    title: SOURCE,
    description: 'Where a change comes from.',
    type: 'object',
    required: ['connector', 'name', 'db', 'schema', 'table', 'ts_ms'],
    properties: {
      version: { type: 'string', description: "Debezium's" },
      connector: { const: 'postgresql' },
      name: { type: 'string', description: 'The prefix of the topics' },
      db: { type: 'string' },
      schema: { type: 'string' },
      table: { type: 'string' },
      ts_ms: { type: 'integer', description: 'When it was committed, or read by a snapshot; milliseconds since 1970' },
      snapshot: { ...textOrNull, description: 'null for a change, else one of the marks of a snapshot' },
      sequence: { ...textOrNull, description: 'JSON: LSN of the last commit before, LSN of this change' },
      txId: integerOrNull,
      lsn: { ...integerOrNull, description: "The change's place in the write-ahead log" },
    },
  },
  [TRANSACTION]: {
    title: TRANSACTION,
    description: 'Where a change stands in its transaction.',
    type: 'object',
    required: ['id', 'total_order', 'data_collection_order'],
    properties: {
      id: { type: 'string', description: 'Transactions are told apart by the part before the colon' },
      total_order: { type: 'integer', minimum: 1 },
      data_collection_order: { type: 'integer', minimum: 1 },
    },
  },
};
