import { describe, expect, it } from '@jest/globals';
import { onConnection } from '../../libs/platform/src/postgres/admin-connection.js';
import { testServer } from './postgres.js';

describe.each([18, 17] as const)('the test server of PostgreSQL %i', (version) => {
  it('is that version', async () => {
    const { adminUrl } = await testServer(version);
    const { rows } = await onConnection(adminUrl, (client) =>
      client.query<{ server_version: string }>('SHOW server_version'),
    );
    expect(rows[0]?.server_version).toMatch(new RegExp(`^${version}\\.`));
  });

  it('is started once and shared', async () => {
    const [first, second] = await Promise.all([testServer(version), testServer(version)]);
    expect(first.adminUrl).toBe(second.adminUrl);
  });

  it('copies a template, and drops what it made while somebody is connected', async () => {
    const server = await testServer(version);
    const template = await server.createDatabase();
    await onConnection(template.url, (client) => client.query('CREATE TABLE copied AS SELECT 1 AS one'));
    const copy = await server.createDatabase({ template: template.name });
    const { rows } = await onConnection(copy.url, (client) => client.query('SELECT one FROM copied'));
    expect(rows).toEqual([{ one: 1 }]);
    await copy.drop();
    await template.drop();
    await expect(onConnection(copy.url, (client) => client.query('SELECT 1'))).rejects.toMatchObject({ code: '3D000' });
  });
});
