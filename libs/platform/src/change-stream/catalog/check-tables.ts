import type { Client } from 'pg';
import type { ReaderError } from '../reader-handlers.js';
import type { WantedTable } from '../reader-options.js';
import { streamError } from '../stream-error.js';
import { codecOfType } from '../types/codec-of-type.js';
import { PUBLICATION } from './catalog-queries.js';
import type { Catalog, TableDefinition } from './table-definition.js';

/**
 * Refuses a start that would lose or garble changes: a table that is missing or not published, a publication that leaves
 * something out or names partitions, a key column that is missing or may be NULL, a column of a type that a captured table may not use.
 */
export async function checkTables(
  client: Client,
  publication: string,
  wanted: readonly WantedTable[],
  catalog: Catalog,
): Promise<void> {
  const published = await publishedColumns(client, publication);
  for (const { schema, table, keyColumns = [] } of wanted) {
    const name = `${schema}.${table}`;
    const definition = catalog.tables.get(name);
    if (definition === undefined) throw streamError('table-missing', `table ${name} does not exist`);
    const columns = published.get(name);
    if (columns === undefined)
      throw streamError('table-not-published', `publication ${publication} does not hold table ${name}`);
    for (const key of keyColumns) checkKey(definition, key);
    const refused = unsupportedColumn(definition, catalog, columns);
    if (refused !== undefined) throw refused;
  }
}

/** Events of rows without key could only be put aside one by one. */
function checkKey({ schema, table, columns }: TableDefinition, key: string): void {
  const column = columns.find(({ name }) => name === key);
  if (column === undefined)
    throw streamError('key-column-missing', `table ${schema}.${table} has no column ${key} to be its key`);
  if (!column.notNull)
    throw streamError('key-column-nullable', `column ${schema}.${table}.${key} is a key and must be NOT NULL`);
}

/**
 * The error for the first column whose type a captured table may not use; undefined when all are fine. Columns that a
 * publication's column list leaves out do not count.
 */
export function unsupportedColumn(
  table: TableDefinition,
  catalog: Catalog,
  published: readonly string[] = table.columns.map((column) => column.name),
): ReaderError | undefined {
  const column = table.columns.find(
    ({ name, typeOid, typmod }) =>
      published.includes(name) && codecOfType(typeOid, typmod, catalog.derivedTypes) === undefined,
  );
  if (column === undefined) return undefined;
  const where = `${table.schema}.${table.table}.${column.name}`;
  return streamError(
    'unsupported-column-type',
    `column ${where} has type ${column.typeName}, which change events do not carry; use boolean, smallint, integer, bigint, ` +
      'numeric, text, varchar, char, uuid, date, timestamptz, json, jsonb, bytea, an enum, a domain, or an array of these',
  );
}

/** The published columns by `schema.table`. */
async function publishedColumns(client: Client, publication: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const [row] = (await client.query<PublicationRow>(PUBLICATION, [publication])).rows;
  if (row === undefined) throw streamError('publication-missing', `publication ${publication} does not exist`);
  if (!row.via_root) {
    throw streamError('publication-by-partition', `publication ${publication} needs publish_via_partition_root = true`);
  }
  if (!row.all_changes) {
    throw streamError('publication-incomplete', `publication ${publication} needs publish = 'insert, update, delete'`);
  }
  return new Map(row.tables.map(({ name, columns }) => [name, columns]));
}

interface PublicationRow {
  readonly via_root: boolean;
  readonly all_changes: boolean;
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[] }[];
}
