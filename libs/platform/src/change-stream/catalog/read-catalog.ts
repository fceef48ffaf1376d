import { Client } from 'pg';
import type { WantedTable } from '../reader-options.js';
import type { DerivedType } from '../types/codec-of-type.js';
import { COLUMNS, DERIVED_TYPES } from './catalog-queries.js';
import type { Catalog, ColumnDefinition, TableDefinition } from './table-definition.js';

interface ColumnRow {
  schema: string;
  table: string;
  name: string;
  type_oid: string;
  typmod: number;
  type_name: string;
  not_null: boolean;
  default_expression: string | null;
  key_position: number | null;
}

interface TypeRow {
  oid: string;
  kind: DerivedType['kind'];
  base_oid: string;
  typmod: number;
}

/** Reads how the wanted tables look now; a table that does not exist is missing in the answer. */
export async function readCatalog(url: string, wanted: readonly WantedTable[]): Promise<Catalog> {
  return withClient(url, (client) => catalogOf(client, wanted));
}

/** Runs work on a connection of its own, which is closed afterwards. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'orderkeel catalogue' });
  // A connection that breaks while idle only matters to the query that follows, which fails by itself.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** As readCatalog, on a given connection. */
export async function catalogOf(client: Client, wanted: readonly WantedTable[]): Promise<Catalog> {
  const columns = await client.query<ColumnRow>(COLUMNS, [wanted.map((t) => t.schema), wanted.map((t) => t.table)]);
  const oids = [...new Set(columns.rows.map((row) => row.type_oid))];
  const types = await client.query<TypeRow>(DERIVED_TYPES, [oids]);
  const derived = types.rows.map((row): DerivedType => {
    return { oid: Number(row.oid), kind: row.kind, baseOid: Number(row.base_oid), typmod: row.typmod };
  });
  return {
    tables: tablesOf(columns.rows),
    derivedTypes: new Map(derived.map((type) => [type.oid, type])),
    database: client.database ?? '',
  };
}

function tablesOf(rows: readonly ColumnRow[]): Map<string, TableDefinition> {
  const tables = new Map<string, TableDefinition>();
  for (const name of new Set(rows.map((row) => `${row.schema}.${row.table}`))) {
    const own = rows.filter((row) => `${row.schema}.${row.table}` === name);
    const key = own
      .filter((row) => row.key_position !== null)
      .sort((a, b) => Number(a.key_position) - Number(b.key_position));
    const [first] = own;
    if (first === undefined) continue;
    tables.set(name, {
      schema: first.schema,
      table: first.table,
      columns: own.map(columnOf),
      primaryKey: key.map((row) => row.name),
    });
  }
  return tables;
}

function columnOf(row: ColumnRow): ColumnDefinition {
  return {
    name: row.name,
    typeOid: Number(row.type_oid),
    typmod: row.typmod,
    typeName: row.type_name,
    notNull: row.not_null,
    defaultExpression: row.default_expression,
  };
}
