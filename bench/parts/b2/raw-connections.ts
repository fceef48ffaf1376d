import pg from 'pg';
import type { Rows } from './left-rows.js';

/** Works with so many connections to the raw database, and closes them. */
export async function withConnections<T>(
  rawUrl: string,
  count: number,
  work: (connections: readonly pg.Client[]) => Promise<T>,
): Promise<T> {
  const connections = Array.from({ length: count }, () => new pg.Client({ connectionString: rawUrl }));
  await Promise.all(connections.map((connection) => connection.connect()));
  try {
    return await work(connections);
  } finally {
    await Promise.all(connections.map((connection) => connection.end()));
  }
}

/** Does work between BEGIN and COMMIT. */
export async function inTransaction(raw: pg.Client, work: () => Promise<void>): Promise<void> {
  await raw.query('BEGIN');
  await work();
  await raw.query('COMMIT');
}

/** Inserts rows with one statement, planned once for a connection. */
export async function insertRaw(raw: pg.Client, { table: { name, columns }, arrays }: Rows): Promise<void> {
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  const parameters = columns.map(({ arrayType }, nth) => `$${nth + 1}::${arrayType}`).join(', ');
  await raw.query({
    name: `into ${name}`,
    text: `INSERT INTO ${name} (${names}) SELECT * FROM unnest(${parameters})`,
    values: [...arrays],
  });
}
