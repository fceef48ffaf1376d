import type pg from 'pg';
import { onConnection } from '../../../../libs/platform/src/postgres/index.js';
import { COPIED_TABLES, templateOf, type CopiedTable } from './copied-tables.js';
import { copiesFor } from './copies.js';
import { COUNTERS_STAND, MADE, MONTHS, MOVE_COUNTERS, MOVE_DAYS } from './fill.sql.js';
import { skipChanges } from './skip-changes.js';
import { makeTemplate } from './template.js';

/** As many as the cores that figures are of. */
const CONNECTIONS = 2;
/** Copies between two moves of the slot, which must not keep more WAL than the server allows. */
const COPIES_AT_ONCE = 100;

/**
 * Fills an installation whose program is not running up to so many orders, give or take a few hundred, with what the
 * product would have left: orders are accepted and reserved; counters, ledgers and the days' movements agree.
 */
export async function fillUpTo(databaseUrl: string, orders: number): Promise<void> {
  await onConnection(databaseUrl, async (database) => {
    await makeTemplate(database);
    const { rows } = await database.query<{ orders: number; copies: number }>(MADE);
    const made = rows[0]!.copies;
    await makeCopies(databaseUrl, database, made, made + copiesFor(orders - rows[0]!.orders));
    await database.query('VACUUM ANALYZE');
    await database.query('CHECKPOINT');
  });
}

async function makeCopies(databaseUrl: string, database: pg.Client, from: number, to: number): Promise<void> {
  await database.query(MONTHS, [to]);
  await database.query(COUNTERS_STAND, [from]);
  const statements: string[] = [];
  for (const table of COPIED_TABLES) statements.push(await copyStatement(database, table));
  for (let first = from; first < to; first += COPIES_AT_ONCE) {
    const next = numbers(first, Math.min(to, first + COPIES_AT_ONCE));
    await Promise.all(Array.from({ length: CONNECTIONS }, () => copyEach(databaseUrl, statements, next)));
    await skipChanges(database);
  }
  await database.query(MOVE_COUNTERS, [to]);
  await database.query(MOVE_DAYS, [to]);
  await skipChanges(database);
}

function* numbers(from: number, to: number): Generator<number, void> {
  for (let number = from; number < to; number += 1) yield number;
}

/** Makes copies as long as there are some to be made, a transaction each. Triggers and foreign keys would find nothing. */
async function copyEach(databaseUrl: string, statements: readonly string[], next: Generator<number>): Promise<void> {
  await onConnection(databaseUrl, async (database) => {
    await database.query('SET session_replication_role = replica');
    await database.query('SET synchronous_commit = off');
    for (const copy of next) {
      await database.query('BEGIN');
      for (const [nth, text] of statements.entries())
        await database.query({ name: `copy-${nth}`, text, values: [copy] });
      await database.query('COMMIT');
    }
  });
}

async function copyStatement(database: pg.Client, { name, changed, joins = '' }: CopiedTable): Promise<string> {
  const { rows } = await database.query<{ column: string }>(
    `SELECT attname AS column FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' ORDER BY attnum`,
    [name],
  );
  const columns = rows.map(({ column }) => column);
  const values = columns.map((column) => changed[column] ?? `r.${column}`);
  return `INSERT INTO ${name} (${columns.join(', ')}) SELECT ${values.join(', ')}
            FROM fill.template AS t JOIN ${templateOf(name)} AS r USING (order_id) ${joins} ORDER BY t.nth`;
}
