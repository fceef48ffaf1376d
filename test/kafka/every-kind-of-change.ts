import type { Client } from 'pg';
import { tableOf, type Contract } from '@orderkeel/platform/contract';
import { insertExample } from '../support/example-row.js';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** Too long to stay in the row, however it is compressed. */
const LONG = `(SELECT string_agg(md5(n::text) || '😀', ' ') FROM generate_series(1, 300) AS n)`;

/** By type: expressions that are worth a try, in a column of a table that this test has never heard of. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  text: [LONG, `E'\\'"\\\\\\n\\u0001é😀'`, `''`],
  jsonb: [`jsonb_build_object('long', ${LONG})`, `jsonb_build_array(${LONG}, null, 1.10, 'é😀')`, `'{}'`],
  numeric: ['0', '-0.000001', '123456789012.123456'],
  bigint: ['0', '-9223372036854775808', '9223372036854775807'],
  integer: ['0', '-2147483648'],
  boolean: ['true', 'false'],
  uuid: [`'ffffffff-ffff-4fff-bfff-ffffffffffff'`],
  date: [`'1969-12-31'`, `'9999-12-31'`],
  'timestamp with time zone': [`'1969-12-31 23:59:59.999999+00'`, `'2026-03-29 01:30:00+00'`],
};

/**
 * Inserts the example of a contract, changes each column to whatever its type and the table's checks allow, changes nothing,
 * changes the rest of a row whose long values stay, and deletes it: each in a transaction of its own, then all in one. Needs a
 * connection that may write anything.
 */
export async function everyKindOfChange(client: Client, contract: Contract): Promise<void> {
  const columns = await columnsOf(client, contract);
  await changeAll(client, contract, columns);
  await client.query('BEGIN');
  await changeAll(client, contract, columns);
  await client.query('COMMIT');
}

async function changeAll(client: Client, contract: Contract, columns: readonly Column[]): Promise<void> {
  const row = `WHERE id = '${String(contract.example['id'])}'`;
  await insertExample(client, contract);
  const change = (assignment: string) => attempt(client, `UPDATE ${tableOf(contract)} SET ${assignment} ${row}`);
  await change('id = id');
  for (const { name, type, nullable } of columns.filter((column) => column.name !== 'id')) {
    if (nullable) await change(`"${name}" = NULL`);
    for (const value of VALUES[type] ?? []) {
      await change(`"${name}" = ${value}`);
      await change('id = id');
    }
  }
  await client.query(`DELETE FROM ${tableOf(contract)} ${row}`);
}

/** A check, a key, an index or a type's bounds may refuse a value; whatever else goes wrong is a fault of this test. */
async function attempt(client: Client, statement: string): Promise<void> {
  const refusals = 'integrity_constraint_violation OR program_limit_exceeded OR numeric_value_out_of_range';
  await client.query(`DO $do$ BEGIN ${statement}; EXCEPTION WHEN ${refusals} THEN NULL; END $do$`);
}

async function columnsOf(client: Client, contract: Contract): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `SELECT attname AS name, regexp_replace(format_type(atttypid, NULL), '\\(.*', '') AS type, NOT attnotnull AS nullable
       FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' ORDER BY attnum`,
    [tableOf(contract)],
  );
  return rows;
}
