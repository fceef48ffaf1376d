import type pg from 'pg';

/** A table in which orders have rows. */
export interface LeftTable {
  /** Quoted where it must be, with its schema. */
  readonly name: string;
  /** All columns that a writer gives: identities are the database's own. */
  readonly columns: readonly Column[];
  /** How many rows the orders have in it. */
  readonly rows: number;
}

/** A column, and the type of an array of it. */
interface Column {
  readonly name: string;
  readonly arrayType: string;
}

/** Rows of one table: for each column an array as PostgreSQL reads it. */
export interface Rows {
  readonly table: LeftTable;
  readonly arrays: readonly string[];
}

/** Order ids of the intents whose keys begin so, in order of acceptance. */
export async function ordersOfRun(product: pg.Client, prefix: string): Promise<string[]> {
  const { rows } = await product.query<{ id: string }>(
    `SELECT order_id AS id FROM "order".order_intent WHERE starts_with(order_intent_id, $1) ORDER BY order_id`,
    [`${prefix}-`],
  );
  return rows.map(({ id }) => id);
}

/** Finds the tables in which these orders have left rows, those that refer to others last. */
export async function tablesWithRows(product: pg.Client, orderIds: readonly string[]): Promise<LeftTable[]> {
  const { rows } = await product.query<Omit<LeftTable, 'rows'>>(TABLES_OF_ORDERS);
  const found: LeftTable[] = [];
  for (const table of rows) {
    const rowsOfOrders = await product.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table.name} WHERE order_id = ANY($1::uuid[])`,
      [orderIds],
    );
    found.push({ ...table, rows: rowsOfOrders.rows[0]!.count });
  }
  return found.filter((table) => table.rows > 0);
}

/**
 * Reads what orders have in a table, as arrays that are unnested as they are: nothing is converted on the way.
 * @param condition of further columns
 */
export async function rowsOf(
  product: pg.Client,
  table: LeftTable,
  orderIds: readonly string[],
  condition = 'true',
): Promise<Rows> {
  const arrays = table.columns.map(({ name }) => `array_agg("${name}")::text`);
  const { rows } = await product.query<{ arrays: string[] }>(
    `SELECT ARRAY[${arrays.join(', ')}] AS arrays
       FROM (SELECT * FROM ${table.name} WHERE order_id = ANY($1::uuid[]) AND ${condition} ORDER BY id) AS t`,
    [orderIds],
  );
  return { table, arrays: rows[0]!.arrays };
}

/** One column of rows. */
export function columnOf({ table, arrays }: Rows, name: string): string {
  return arrays[table.columns.findIndex((column) => column.name === name)]!;
}

const TABLES_OF_ORDERS = `
SELECT format('%I.%I', n.nspname, c.relname) AS name,
       (SELECT jsonb_agg(jsonb_build_object('name', a.attname, 'arrayType', format_type(a.atttypid, a.atttypmod) || '[]')
                         ORDER BY a.attnum)
          FROM pg_attribute AS a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attidentity = '' AND a.attgenerated = '')
         AS columns
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
   AND EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attname = 'order_id')
 ORDER BY (SELECT count(*) FROM pg_constraint AS f WHERE f.conrelid = c.oid AND f.contype = 'f'), name`;
