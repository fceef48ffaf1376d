import { readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { ownServer, type OwnServer } from '../../libs/platform/src/change-stream/testing/own-server.js';
import { onConnection } from '../../libs/platform/src/postgres/admin-connection.js';
import { dataFolder } from '../support/postgres-programs.js';
import { Stack } from './stack-commands.js';

const PASSWORD = 'letters4nd5digits';
const { configs } = parse(readFileSync(new URL('../../infra/compose.yaml', import.meta.url), 'utf8')) as {
  configs: { logins: { content: string } };
};

describe("the stack on a PostgreSQL of the user's own", () => {
  let server: OwnServer;
  let stack: Stack;

  const as = (login: string) => {
    const url = new URL(server.url);
    [url.username, url.password] = [login, PASSWORD];
    return url.href;
  };
  const ask = (sql: string) => onConnection(server.url, async (client) => (await client.query<object>(sql)).rows);

  beforeAll(async () => {
    // Logins are of a whole server, and those of the flows have another password.
    server = await ownServer({});
    // The logins that the containers' PostgreSQL begins with.
    await ask(configs.logins.content.replaceAll(/\$\{POSTGRES_PASSWORD[^}]*\}/g, PASSWORD));
    stack = new Stack(await dataFolder(), {
      ORDERKEEL_DATABASE_URL: as('orderkeel_app'),
      ORDERKEEL_ADMIN_DATABASE_URL: server.url,
      ORDERKEEL_REPLICATION_DATABASE_URL: as('orderkeel_cdc'),
    });
  });
  afterAll(async () => {
    await stack.down();
    await server.destroy();
    await rm(stack.dataDir, { recursive: true, force: true });
  });

  it('reads it as the login for changes, and starts none of its own', async () => {
    const { postgres } = await stack.up();
    const { hostname, port, pathname } = new URL(server.url);
    expect(postgres).toEqual({ embedded: false, host: hostname, port: Number(port), database: pathname.slice(1) });
    const { processes, slot } = await stack.status();
    expect([processes.map(({ name }) => name), slot.active]).toEqual([['broker', 'connect'], true]);
    expect(await ask(`SELECT usename FROM pg_stat_replication`)).toEqual([{ usename: 'orderkeel_cdc' }]);
  });

  it('learns of a new password', async () => {
    await ask(`ALTER ROLE orderkeel_cdc PASSWORD 'other'`);
    const renamed = as('orderkeel_cdc').replace(PASSWORD, 'other');
    await stack.up({ ORDERKEEL_REPLICATION_DATABASE_URL: renamed });
    expect(await readFile(join(stack.dataDir, 'stack/connect/secrets/db.properties'), 'utf8')).toContain(
      'password=other',
    );
    expect((await stack.status()).slot.active).toBe(true);
  });

  it('leaves it running, with its slot, when it ends', async () => {
    expect(await stack.down()).toEqual(['connect', 'broker']);
    expect(await ask('SELECT slot_name, active FROM pg_replication_slots')).toEqual([
      { slot_name: 'orderkeel_cdc', active: false },
    ]);
    expect((await stack.status()).slot).toEqual({ name: 'orderkeel_cdc', active: false });
  });
});
