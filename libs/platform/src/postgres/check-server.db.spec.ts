import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testServer, type TestDatabase } from '../../../../test/support/postgres.js';
import { onConnection } from './admin-connection.js';
import { checkServer } from './check-server.js';

describe.each([18, 17] as const)('the check of a PostgreSQL %i', (version) => {
  let database: TestDatabase;
  const login = `check_${randomUUID().slice(0, 8)}`;
  const admin = (sql: string) => onConnection(database.url, (client) => client.query(sql));
  const urlOf = (user: string, password: string) =>
    Object.assign(new URL(database.url), { username: user, password }).href;
  const same = (url: string) => ({ app: url, admin: url, replication: url });

  beforeAll(async () => {
    database = await (await testServer(version)).createDatabase();
    await admin(`CREATE ROLE ${login} LOGIN PASSWORD 'sesame'`);
  });
  afterAll(async () => {
    await admin(`REVOKE ALL ON DATABASE "${database.name}" FROM ${login}; DROP ROLE ${login}`);
    await database.drop();
  });

  it('lets a superuser pass, with warnings', async () => {
    const { version: found, findings } = await checkServer(same(database.url), 'orderkeel');
    expect(found).toMatch(new RegExp(`^${version}\\.`));
    expect(findings.map(({ level, setting }) => [level, setting])).toEqual([
      ['warning', 'fsync'],
      ['warning', 'SUPERUSER'],
    ]);
  });

  it('names each missing privilege of a plain login, and none once they are given', async () => {
    const urls = { ...same(urlOf(login, 'sesame')) };
    const settings = async () => (await checkServer(urls, 'orderkeel')).findings.map(({ setting }) => setting);
    expect(await settings()).toEqual(['CREATEROLE', 'CREATE', 'REPLICATION', 'fsync']);
    await admin(`ALTER ROLE ${login} CREATEROLE REPLICATION; GRANT CREATE ON DATABASE "${database.name}" TO ${login}`);
    expect(await settings()).toEqual(['fsync']);
  });

  it('sees a setting that the login or the database overrides', async () => {
    await admin(`ALTER ROLE ${login} SET synchronous_commit = off`);
    const { findings } = await checkServer(same(urlOf(login, 'sesame')), 'orderkeel');
    expect(findings).toContainEqual(expect.objectContaining({ level: 'error', setting: 'synchronous_commit' }));
    await admin(`ALTER ROLE ${login} RESET synchronous_commit`);
  });

  it('says once that a login is refused, without the password', async () => {
    const { version: found, findings } = await checkServer(same(urlOf(login, 'abracadabra')), 'orderkeel');
    expect(found).toBe(null);
    expect(findings.map(({ setting }) => setting)).toEqual(['ORDERKEEL_DATABASE_URL']);
    expect(findings[0]?.message).toContain(`${login}@127.0.0.1`);
    expect(JSON.stringify(findings)).not.toContain('abracadabra');
  });
});

describe('the check of a server that cannot be asked', () => {
  it.each([
    ['postgresql://shop:abracadabra@127.0.0.1:1/shop', /ECONNREFUSED/],
    ['postgresql://shop:abracadabra@127.0.0.1:x/shop', /not a URL/],
    ['mysql://shop:abracadabra@127.0.0.1:1/shop', /cannot be used/],
    ['abracadabra', /not a URL/],
  ])('says so of %s', async (url, reason) => {
    const { findings } = await checkServer({ app: url, admin: url, replication: url }, 'orderkeel');
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toMatch(reason);
    expect(findings[0]?.message).not.toContain('abracadabra');
  });
});
