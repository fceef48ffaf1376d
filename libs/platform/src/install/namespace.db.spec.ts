import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { testServer } from '../../../../test/support/postgres.js';
import { RoleNames } from '../database/role-names.js';
import { onConnection } from '../postgres/admin-connection.js';
import { install } from './install.js';

describe('a database that was set up under another namespace', () => {
  let db: MigratedDatabase;
  beforeAll(async () => {
    db = await migratedDatabase();
  });
  afterAll(() => db.drop());

  const roles = new RoleNames('two');
  const installTwo = (adminUrl: string) =>
    install({
      adminUrl,
      roles,
      logins: { app: { name: 'orderkeel_app' }, replication: { name: 'orderkeel_cdc' } },
      publication: 'two_cdc',
      manifests: [],
      nowMs: Date.now(),
    });

  it('is refused by the name of that one, before anything is made', async () => {
    await expect(installTwo(db.adminUrl)).rejects.toMatchObject({
      code: 'other-namespace',
      message: expect.stringMatching(/belongs to namespace orderkeel, and ORDERKEEL_NAMESPACE is two/),
    });
    const made = await onConnection(db.adminUrl, (client) =>
      client.query("SELECT FROM pg_roles WHERE starts_with(rolname, 'two_')"),
    );
    expect(made.rowCount).toBe(0);
  });

  it('and so is one whose schema "platform" is not of Orderkeel', async () => {
    const { url, drop } = await (await testServer()).createDatabase();
    await onConnection(url, (client) => client.query('CREATE SCHEMA platform'));
    await expect(installTwo(url)).rejects.toMatchObject({
      code: 'other-namespace',
      message: expect.stringMatching(/schema "platform" that belongs to .*a database of its own/),
    });
    await drop();
  });
});
