import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, newId, SystemClock } from '@orderkeel/platform';
import { builtDeclarations } from '../../apps/server/src/built-modules.js';
import { ConnectionPool } from '../../libs/platform/src/database/connection-pool.js';
import { RoleNames } from '../../libs/platform/src/database/role-names.js';
import { install } from '../../libs/platform/src/install/install.js';
import type { ModuleManifest } from '../../libs/platform/src/module/manifest.js';
import { testServer, type TestDatabase } from '../support/postgres.js';

const roles = new RoleNames('submitters');
/** Its schema, as any module makes it. */
class CreateChannel1795219900000 {
  async up(db: { query(sql: string): Promise<unknown> }): Promise<void> {
    await db.query('CREATE SCHEMA channel');
  }

  async down(db: { query(sql: string): Promise<unknown> }): Promise<void> {
    await db.query('DROP SCHEMA channel');
  }
}

const channel: ModuleManifest = {
  name: 'channel',
  purpose: 'Brings intents of a web shop.',
  schema: 'channel',
  optional: true,
  dependsOn: ['order'],
  consumes: [],
  reads: [],
  publishes: [],
  submits: ['channel.shop'],
  vocabulary: [],
  migrations: [CreateChannel1795219900000],
};

describe('a module that submits, installed beside the built ones', () => {
  let created: TestDatabase;
  let pool: ConnectionPool;
  let database: Database;
  beforeAll(async () => {
    created = await (await testServer()).createDatabase();
    const login = (name: string) => ({ name, password: 'test-only' });
    await install({
      adminUrl: created.url,
      roles,
      logins: { app: login(roles.app), replication: login(roles.replication) },
      publication: 'submitters_cdc',
      manifests: [...builtDeclarations, channel],
      nowMs: Date.now(),
    });
    const url = new URL(created.url);
    [url.username, url.password] = [roles.app, 'test-only'];
    pool = await ConnectionPool.open({ url: url.href, size: 2, restingRole: roles.api, applicationName: 'submitters' });
    database = new Database(pool, roles, new SystemClock());
  });
  afterAll(async () => {
    await pool.close();
    await created.drop();
  });

  const as = (module: string, sql: string, parameters: unknown[] = []) =>
    database.batch(module, 'spec', (tx) => tx.execute(sql, parameters));
  const insert = (source: string, state = 'received', module = 'channel') =>
    as(
      module,
      `INSERT INTO "order".order_intent (id, order_id, source_system, order_intent_id, customer_ref, line_items, totals,
         content_hash, submitted_at, state, received_at, updated_at)
       VALUES ($1, $1, $2, $4, '17850', '[]', '{}', '', now(), $3, now(), now())`,
      [newId(Date.now()), source, state, newId(Date.now())],
    );
  const set = (assignment: string, state: string) =>
    as('channel', `UPDATE "order".order_intent SET ${assignment} WHERE state = $1`, [state]);

  it('inserts intents of its own sources, as received, and no others', async () => {
    expect(await insert('channel.shop')).toBe(1);
    await expect(insert('channel.other')).rejects.toMatchObject({ code: '42501' });
    await expect(insert('channel.shop', 'accepted')).rejects.toMatchObject({ code: '42501' });
    await expect(insert('channel.shop', 'received', 'inventory')).rejects.toMatchObject({ code: '42501' });
  });

  it('changes their content while nobody has answered, and neither their state nor what they are', async () => {
    await insert('channel.other', 'received', 'order');
    await insert('channel.shop', 'rejected', 'order');
    expect(await set(`customer_ref = 'changed'`, 'received')).toBe(1);
    expect(await set(`customer_ref = 'changed'`, 'rejected')).toBe(0);
    for (const column of ['id', 'order_id', 'tenant_id', 'source_system', 'order_intent_id', 'state', 'received_at'])
      await expect(set(`${column} = ${column}`, 'received')).rejects.toMatchObject({ code: '42501' });
    await expect(as('channel', 'DELETE FROM "order".order_intent')).rejects.toMatchObject({ code: '42501' });
  });

  it('cannot register sources for itself', async () => {
    const register = `INSERT INTO "order".source_registration VALUES ('channel.other', 'channel', current_user)`;
    await expect(as('channel', register)).rejects.toMatchObject({ code: '42501' });
  });
});
