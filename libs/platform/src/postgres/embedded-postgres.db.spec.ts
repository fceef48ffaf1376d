import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolder, killed, removeFolder } from '../../../../test/support/postgres-programs.js';
import { until } from '../../../../test/support/until.js';
import { onConnection } from './admin-connection.js';
import { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.js';
import { readOrCreateSecrets } from './secrets.js';
import { stopEmbedded } from './stop-embedded.js';

const quiet = { info: () => undefined, warn: () => undefined };

describe('the embedded PostgreSQL', () => {
  let dataDir: string;
  const started: EmbeddedPostgres[] = [];

  const start = async (options: Partial<EmbeddedPostgresOptions> = {}) => {
    const common = { dataDir, explicitDataDir: true, namespace: 'orderkeel', log: quiet };
    const postgres = await startEmbeddedPostgres({ ...common, ...options });
    started.push(postgres);
    return postgres;
  };
  const ask = async (postgres: EmbeddedPostgres, sql: string) =>
    onConnection(postgres.adminUrl, async (client) => {
      const { rows } = await client.query<Record<string, unknown>>(sql);
      return Object.values(rows[0] ?? {});
    });

  beforeEach(async () => {
    dataDir = await dataFolder();
  });
  afterEach(async () => {
    for (const postgres of started.splice(0)) await postgres.stop();
    await removeFolder(dataDir);
  });

  it('makes a UTF8 database that sorts alike everywhere, with our settings', async () => {
    const postgres = await start();
    expect(postgres.adopted).toBe(false);
    expect(
      await ask(
        postgres,
        'SELECT pg_encoding_to_char(encoding), datlocale, datname FROM pg_database WHERE datname = current_database()',
      ),
    ).toEqual(['UTF8', 'C.UTF-8', 'orderkeel']);
    for (const [name, value] of Object.entries({
      wal_level: 'logical',
      fsync: 'on',
      synchronous_commit: 'on',
      max_slot_wal_keep_size: '8GB',
      TimeZone: 'UTC',
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      cluster_name: 'orderkeel',
      idle_replication_slot_timeout: '1d',
      wal_compression: 'pglz',
      data_checksums: 'on',
    }))
      expect([name, ...(await ask(postgres, `SHOW ${name}`))]).toEqual([name, value]);
  });

  it('keeps the data for the second start, and nothing runs in between', async () => {
    const first = await start();
    await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    expect(killed(first.pid, 0)).toBe(false);
    const second = await start();
    expect(await ask(second, 'SELECT answer FROM kept')).toEqual([42]);
  });

  it('applies settings that a newer program brings, and the local ones after them', async () => {
    const first = await start({ settings: { work_mem: '5MB', jit_above_cost: '5' } });
    await first.stop();
    await writeFile(join(dataDir, 'postgres', 'cluster', 'local.conf'), 'work_mem = 7MB', { mode: 0o644 });
    const second = await start({ settings: { work_mem: '6MB', jit_above_cost: '6' } });
    expect(await ask(second, 'SHOW work_mem')).toEqual(['7MB']);
    expect(await ask(second, 'SHOW jit_above_cost')).toEqual(['6']);
  });

  it('comes back on the same port after it was killed', async () => {
    let restarts = 0;
    const postgres = await start({ onRestart: () => (restarts += 1) });
    await ask(postgres, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const { pid } = postgres;
    killed(pid, 'SIGKILL');
    await until('the server was restarted', () => restarts === 1);
    expect(postgres.pid).not.toBe(pid);
    expect(await ask(postgres, 'SELECT answer FROM kept')).toEqual([42]);
  });

  it('stays stopped when stop meets a restart', async () => {
    const postgres = await start();
    killed(postgres.pid, 'SIGKILL');
    await until('the death was seen', () => !killed(postgres.pid, 0));
    await postgres.stop();
    const again = await start();
    expect(again.adopted).toBe(false);
  });

  it('refuses a second program on the same folder and goes on', async () => {
    const postgres = await start();
    await expect(start()).rejects.toMatchObject({
      code: 'folder-in-use',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    expect(await ask(postgres, 'SELECT 1')).toEqual([1]);
  });

  it('refuses a port that another program has', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await until('the other program listens', () => other.listening);
    const { port } = other.address() as AddressInfo;
    try {
      await expect(start({ port })).rejects.toMatchObject({
        code: 'port-taken',
        message: expect.stringContaining(`${port}`),
      });
    } finally {
      other.close();
    }
    const postgres = await start({ port });
    expect(postgres.port).toBe(port);
  });

  it('goes on without its program when it is left, until somebody ends it', async () => {
    const left = await start();
    await expect(stopEmbedded(dataDir)).rejects.toMatchObject({ code: 'folder-in-use' });
    await left.leave();
    const next = await start();
    expect([next.adopted, next.pid]).toEqual([true, left.pid]);
    await next.leave();
    expect(await ask(next, 'SELECT 1')).toEqual([1]);
    expect(await stopEmbedded(dataDir)).toBe(true);
    expect(killed(left.pid, 0)).toBe(false);
    expect(await stopEmbedded(dataDir)).toBe(false);
  });

  it('leaves no server behind when the start is broken off', async () => {
    const signal = AbortSignal.timeout(1);
    await expect(start({ signal })).rejects.toThrow();
    const postgres = await start();
    expect(postgres.adopted).toBe(false);
  });

  it('keeps its passwords, for the owner alone, and finds a foreign secrets file out', async () => {
    const postgres = await start();
    const { app } = await readOrCreateSecrets(postgres.dataDir, ['app']);
    expect(await readOrCreateSecrets(postgres.dataDir, ['app', 'admin'])).toMatchObject({ app });
    const file = join(postgres.dataDir, 'secrets.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await postgres.stop();
    await rm(file);
    await expect(start()).rejects.toMatchObject({
      code: 'login-refused',
      message: expect.stringContaining('secrets.json'),
    });
  });
});
