import pg from 'pg';
import type { Rows } from './left-rows.js';

/** Works with so many connections to the raw database, and closes them. */
export async function withConnections<T>(
  rawUrl: string,
  count: number,
  work: (connections: readonly pg.Client[]) => Promise<T>,
): Promise<T> {
  const connections = Array.from({ length: count }, () => new pg.Client({ connectionString: rawUrl, pipeline: true }));
  await Promise.all(connections.map((connection) => connection.connect()));
  try {
    return await work(connections);
  } finally {
    await Promise.all(connections.map((connection) => connection.end()));
  }
}

/**
 * Sends the statements of a transaction without waiting for any answer, BEGIN before them and COMMIT behind: one round
 * trip. Gives their results; where one fails the server undoes all of them, and this rejects with that failure.
 */
export async function inTransaction(
  raw: pg.Client,
  statements: readonly pg.QueryConfig[],
): Promise<readonly pg.QueryResult[]> {
  const sent = [{ text: 'BEGIN' }, ...statements, { text: 'COMMIT' }].map((statement) => raw.query(statement));
  return (await Promise.all(sent)).slice(1, -1);
}

/** The statement that inserts rows, planned once for a connection. */
export function insertOf({ table: { name, columns }, arrays }: Rows): pg.QueryConfig {
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  const parameters = columns.map(({ arrayType }, nth) => `$${nth + 1}::${arrayType}`).join(', ');
  return {
    name: `into ${name}`,
    text: `INSERT INTO ${name} (${names}) SELECT * FROM unnest(${parameters})`,
    values: [...arrays],
  };
}
