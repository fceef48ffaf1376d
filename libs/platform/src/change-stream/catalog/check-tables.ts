import type { Client } from 'pg';
import type { ReaderError } from '../reader-handlers.js';
import type { WantedTable } from '../reader-options.js';
import { streamError } from '../stream-error.js';
import { codecOfType } from '../types/codec-of-type.js';
import { PUBLICATION } from './catalog-queries.js';
import type { Catalog, TableDefinition } from './table-definition.js';

/**
 * Refuses a start that would lose or garble changes: a table that is missing or not published, a publication that leaves
 * something out or names partitions, a key column that is missing, a column of a type that a captured table may not use.
 */
export async function checkTables(
  client: Client,
  publication: string,
  wanted: readonly WantedTable[],
  catalog: Catalog,
): Promise<void> {
  const published = await publishedTables(client, publication);
  for (const { schema, table, keyColumns = [] } of wanted) {
    const name = `${schema}.${table}`;
    const definition = catalog.tables.get(name);
    if (definition === undefined) throw streamError('table-missing', `table ${name} does not exist`);
    if (!published.has(name))
      throw streamError('table-not-published', `publication ${publication} does not hold table ${name}`);
    const missing = keyColumns.find((key) => !definition.columns.some((column) => column.name === key));
    if (missing !== undefined)
      throw streamError('key-column-missing', `table ${name} has no column ${missing} to be its key`);
    const refused = unsupportedColumn(definition, catalog);
    if (refused !== undefined) throw refused;
  }
}

/** The error for the first column whose type a captured table may not use; undefined when all are fine. */
export function unsupportedColumn(table: TableDefinition, catalog: Catalog): ReaderError | undefined {
  const column = table.columns.find(
    (each) => codecOfType(each.typeOid, each.typmod, catalog.derivedTypes) === undefined,
  );
  if (column === undefined) return undefined;
  const where = `${table.schema}.${table.table}.${column.name}`;
  return streamError(
    'unsupported-column-type',
    `column ${where} has type ${column.typeName}, which change events do not carry; use boolean, smallint, integer, bigint, ` +
      'numeric, text, varchar, char, uuid, date, timestamptz, json, jsonb, bytea, an enum, a domain, or an array of these',
  );
}

async function publishedTables(client: Client, publication: string): Promise<Set<string>> {
  const found = await client.query<{ via_root: boolean; all_changes: boolean; tables: string[] }>(PUBLICATION, [
    publication,
  ]);
  const row = found.rows[0];
  if (row === undefined) throw streamError('publication-missing', `publication ${publication} does not exist`);
  if (!row.via_root) {
    throw streamError('publication-by-partition', `publication ${publication} needs publish_via_partition_root = true`);
  }
  if (!row.all_changes) {
    throw streamError('publication-incomplete', `publication ${publication} needs publish = 'insert, update, delete'`);
  }
  return new Set(row.tables);
}
