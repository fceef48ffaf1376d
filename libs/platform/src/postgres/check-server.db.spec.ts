import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testServer, type TestDatabase } from '../../../../test/support/postgres.js';
import { onConnection } from './admin-connection.js';
import { checkServer } from './check-server.js';

const NEEDS = { slotName: 'orderkeel', connections: 20 };

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
    const { version: found, findings } = await checkServer(same(database.url), NEEDS);
    expect(found).toMatch(new RegExp(`^${version}\\.`));
    expect(findings.map(({ level, setting }) => [level, setting])).toEqual([
      ['warning', 'fsync'],
      ['warning', 'SUPERUSER'],
    ]);
  });

  it('names each missing privilege of a plain login, and none once they are given', async () => {
    const urls = { ...same(urlOf(login, 'sesame')) };
    const settings = async () => (await checkServer(urls, NEEDS)).findings.map(({ setting }) => setting);
    expect(await settings()).toEqual(['CREATEROLE', 'CREATE', 'REPLICATION', 'fsync']);
    await admin(`ALTER ROLE ${login} CREATEROLE REPLICATION; GRANT CREATE ON DATABASE "${database.name}" TO ${login}`);
    expect(await settings()).toEqual(['fsync']);
  });

  it('sees a setting that the login or the database overrides', async () => {
    await admin(`ALTER ROLE ${login} SET synchronous_commit = off`);
    const { findings } = await checkServer(same(urlOf(login, 'sesame')), NEEDS);
    expect(findings).toContainEqual(expect.objectContaining({ level: 'error', setting: 'synchronous_commit' }));
    await admin(`ALTER ROLE ${login} RESET synchronous_commit`);
  });

  it('sees how many connections the login and the database are limited to', async () => {
    const limits = async () => {
      const { findings } = await checkServer(same(urlOf(login, 'sesame')), NEEDS);
      return findings.map(({ setting }) => setting).filter((setting) => setting.endsWith('connlimit'));
    };
    expect(await limits()).toEqual([]);
    await admin(`ALTER ROLE ${login} CONNECTION LIMIT 19; ALTER DATABASE "${database.name}" CONNECTION LIMIT 19`);
    expect(await limits()).toEqual(['rolconnlimit', 'datconnlimit']);
    await admin(`ALTER ROLE ${login} CONNECTION LIMIT 20; ALTER DATABASE "${database.name}" CONNECTION LIMIT -1`);
    expect(await limits()).toEqual([]);
  });

  it('sees how many connections the server gives, and how many others have', async () => {
    const { rows } = await admin(`SELECT current_setting('max_connections')::int AS all`);
    const most = (rows[0] as { all: number }).all - 3;
    const found = async (connections: number) => {
      const { findings } = await checkServer(same(urlOf(login, 'sesame')), { ...NEEDS, connections });
      return findings.find(({ setting }) => setting === 'max_connections');
    };
    expect(await found(most + 1)).toMatchObject({ level: 'error' });
    await onConnection(database.url, async () => {
      expect(await found(most)).toMatchObject({
        level: 'warning',
        message: expect.stringMatching(/others have [1-9]/),
      });
    });
  });

  it('says once that a login is refused, without the password', async () => {
    const { version: found, findings } = await checkServer(same(urlOf(login, 'abracadabra')), NEEDS);
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
    const { findings } = await checkServer({ app: url, admin: url, replication: url }, NEEDS);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toMatch(reason);
    expect(findings[0]?.message).not.toContain('abracadabra');
  });
});
