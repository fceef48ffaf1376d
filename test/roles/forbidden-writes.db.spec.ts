import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { builtDeclarations } from '../../apps/server/src/built-modules.js';
import { onConnection } from '../../libs/platform/src/postgres/admin-connection.js';
import { migratedDatabase, type MigratedDatabase } from '../support/migrated-database.js';

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
  'cdc.snapshot_key': ['INSERT', 'DELETE'],
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

describe('what the database refuses', () => {
  let db: MigratedDatabase;
  let tables: TableFact[];
  beforeAll(async () => {
    db = await migratedDatabase();
    const schemas = ['cdc', 'platform', ...builtDeclarations.map(({ schema }) => schema)];
    tables = await onConnection(db.adminUrl, async (admin) => (await admin.query<TableFact>(TABLES, [schemas])).rows);
  });
  afterAll(() => db.drop());

  /** Every write to every table that must fail for a role, and the ones that did not. */
  async function tryForbidden(role: string, allowed: (table: string, verb: Verb) => boolean) {
    const forbidden = tables.flatMap((table) =>
      (Object.keys(VERBS) as Verb[]).filter((verb) => !allowed(table.name, verb)).map((verb) => ({ table, verb })),
    );
    const went = await onConnection(db.adminUrl, async (admin) => {
      await admin.query(`SET ROLE "${role}"`);
      const through: string[] = [];
      for (const { table, verb } of forbidden) {
        const code = await codeOfStatement(admin, VERBS[verb](table.quoted, table.column));
        if (code !== '42501') through.push(`${verb} ${table.name}: ${code}`);
      }
      return through;
    });
    return { tried: forbidden.length, went };
  }

  it.each(builtDeclarations.map(({ name, schema }) => [name, schema] as const))(
    'as %s: every write outside its own tables, and every rewriting of history',
    async (name, schema) => {
      const appends = builtDeclarations.find((each) => each.name === name)!.vocabulary.length > 0;
      const allowed = (table: string, verb: Verb) => {
        if (verb === 'TRUNCATE') return false;
        if (table.startsWith(`${schema}.`) && !isLeaf(table)) return verb === 'INSERT' || !APPEND_ONLY.has(table);
        return (appends || !table.startsWith('order.')) && (SHARED[table]?.includes(verb) ?? false);
      };
      const { tried, went } = await tryForbidden(db.roles.ofModule(name), allowed);
      expect(went).toEqual([]);
      expect(tried).toBeGreaterThan(80);
    },
  );

  it('as the API: every write', async () => {
    const { tried, went } = await tryForbidden(db.roles.api, () => false);
    expect(went).toEqual([]);
    expect(tried).toBe(tables.length * 4);
  });

  it('as the WAL reader and as the program without a role: every write', async () => {
    for (const role of [db.roles.replication, db.roles.app]) {
      expect((await tryForbidden(role, () => false)).went).toEqual([]);
    }
  });

  it('as the platform: every write outside its bookkeeping', async () => {
    const own = (table: string, verb: Verb) =>
      verb !== 'TRUNCATE' &&
      ((table.startsWith('cdc.') && (verb === 'INSERT' || table !== 'cdc.skipped_event')) ||
        (table === 'platform.installation_fact' && verb !== 'DELETE'));
    const { went } = await tryForbidden(db.roles.platform, own);
    expect(went).toEqual([]);
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
