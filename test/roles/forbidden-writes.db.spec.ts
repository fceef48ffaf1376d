import { afterAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { builtDeclarations } from '../../apps/server/src/built-modules.js';
import { onConnection } from '../../libs/platform/src/postgres/admin-connection.js';
import { migratedDatabase } from '../support/migrated-database.js';

/** The verbs that change a table, as statements that touch no row: only the permission is asked for. */
const VERBS = {
  INSERT: (table: string) => `INSERT INTO ${table} DEFAULT VALUES`,
  UPDATE: (table: string, column: string) => `UPDATE ${table} SET "${column}" = "${column}" WHERE false`,
  DELETE: (table: string) => `DELETE FROM ${table} WHERE false`,
  TRUNCATE: (table: string) => `TRUNCATE ${table}`,
} as const;
type Verb = keyof typeof VERBS;

/**
 * Tables in which a module owns rows that are no table of its own: bookkeeping of the change stream, idempotency. Row
 * security keeps the modules apart there, which the second part of this file tries.
 */
const SHARED: Readonly<Record<string, readonly Verb[]>> = {
  'cdc.checkpoint': ['UPDATE'],
  'cdc.parked_key': ['INSERT', 'UPDATE', 'DELETE'],
  'cdc.parked_event': ['INSERT', 'DELETE'],
  'cdc.skipped_event': ['INSERT'],
  'cdc.snapshot_key': ['INSERT', 'UPDATE', 'DELETE'],
  'platform.idempotency_key': ['INSERT', 'UPDATE'],
  'order.order_status_history': ['INSERT'],
  'order.status_closing': ['INSERT'],
};

/** Tables whose rows never change, whoever asks. */
const APPEND_ONLY = new Set([
  'order.intent_rejection',
  'order.order_adjustment',
  'order.order_status_history',
  'order.status_closing',
  'inventory.stock_ledger',
  'inventory.receipt',
]);

interface TableFact {
  name: string;
  quoted: string;
  column: string;
}

const TABLES = `
  SELECT n.nspname || '.' || c.relname AS name, format('%I.%I', n.nspname, c.relname) AS quoted,
         (SELECT attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.attidentity = '' ORDER BY attnum LIMIT 1)
           AS column
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY($1) ORDER BY 1`;

/** A role, in the words of a title, and what it may do. */
interface Writer {
  readonly as: string;
  readonly role: string;
  may(table: string, verb: Verb): boolean;
}

// Read before the tests are named, so that each name says how many writes it tries.
const db = await migratedDatabase();
const schemas = ['cdc', 'platform', ...builtDeclarations.map(({ schema }) => schema)];
const tables = await onConnection(db.adminUrl, async (admin) => (await admin.query<TableFact>(TABLES, [schemas])).rows);

const modules = builtDeclarations.map(({ name, schema, vocabulary }): Writer => {
  const appends = vocabulary.length > 0;
  const may = (table: string, verb: Verb) => {
    if (verb === 'TRUNCATE') return false;
    if (table.startsWith(`${schema}.`) && !isLeaf(table)) return verb === 'INSERT' || !APPEND_ONLY.has(table);
    return (appends || !table.startsWith('order.')) && (SHARED[table]?.includes(verb) ?? false);
  };
  return { as: `the module ${name}`, role: db.roles.ofModule(name), may };
});
const platform: Writer = {
  as: 'the platform',
  role: db.roles.platform,
  may: (table, verb) =>
    verb !== 'TRUNCATE' &&
    ((table.startsWith('cdc.') && (verb === 'INSERT' || table !== 'cdc.skipped_event')) ||
      (table === 'platform.installation_fact' && verb !== 'DELETE')),
};
const readers = [
  ['the API', db.roles.api],
  ['the WAL reader', db.roles.replication],
  ['the program without a role', db.roles.app],
].map(([as, role]): Writer => ({ as: as!, role: role!, may: () => false }));

const tries = [...modules, platform, ...readers].map((writer) => {
  const verbs = Object.keys(VERBS) as Verb[];
  const writes = tables.flatMap((table) =>
    verbs.filter((verb) => !writer.may(table.name, verb)).map((verb) => ({ table, verb })),
  );
  return { as: writer.as, role: writer.role, writes, count: writes.length };
});
const total = tries.reduce((sum, { count }) => sum + count, 0);

describe(`what the database refuses: ${total} writes (${tries.length} roles, ${tables.length} tables, 4 verbs)`, () => {
  afterAll(() => db.drop());

  it.each(tries)('to $as: $count writes, all it has no right to', async ({ role, writes }) => {
    const went = await onConnection(db.adminUrl, async (admin) => {
      await admin.query(`SET ROLE "${role}"`);
      const through: string[] = [];
      for (const { table, verb } of writes) {
        const code = await codeOfStatement(admin, VERBS[verb](table.quoted, table.column));
        if (code !== '42501') through.push(`${verb} ${table.name}: ${code}`);
      }
      return through;
    });
    expect(went).toEqual([]);
  });

  it('to everybody: most of what there is', () => {
    for (const { count } of tries) expect(count).toBeGreaterThan(80);
    for (const { count } of tries.slice(-readers.length)) expect(count).toBe(tables.length * 4);
  });

  it('even to a superuser: history that is there stays as it is', async () => {
    const orderId = '01a1fd4b-7c4d-8000-8000-000000000002';
    await onConnection(db.adminUrl, async (admin) => {
      await admin.query('SET row_security = off');
      await admin.query(
        `INSERT INTO "order".order_status_history (id, order_id, module, status_code, recorded_at, written_by)
         VALUES (cdc.first_id_at(now()), $1, 'order', 'order:submitted', now(), 'spec')`,
        [orderId],
      );
      const statements = [
        `UPDATE "order".order_status_history SET written_by = 'forged'`,
        'DELETE FROM "order".order_status_history',
        'TRUNCATE "order".order_status_history',
        `TRUNCATE "order".order_status_history_${new Date().toISOString().slice(0, 7).replace('-', '_')}`,
      ];
      for (const statement of statements)
        expect([statement, await codeOfStatement(admin, statement)]).toEqual([statement, '42501']);
    });
  });
});

function isLeaf(table: string): boolean {
  return /_\d{4}_\d\d$/.test(table);
}

async function codeOfStatement(client: pg.Client, statement: string): Promise<string> {
  try {
    await client.query('BEGIN');
    await client.query(statement);
    return 'went through';
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.query('ROLLBACK');
  }
}
