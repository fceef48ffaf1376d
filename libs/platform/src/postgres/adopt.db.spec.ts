import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  dataFolder,
  endProgram,
  killed,
  ownerProgram,
  removeFolder,
} from '../../../../test/support/postgres-programs.js';
import { until } from '../../../../test/support/until.js';
import { onConnection } from './admin-connection.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';
import { identityFor, serverUser } from './server-user.js';

describe('the start after a program was killed', () => {
  let dataDir: string;
  let program: ChildProcess;
  let server: { adminUrl: string; pid: number };
  let postgres: EmbeddedPostgres | undefined;
  const said: string[] = [];

  const startHere = async (settings: Record<string, string> = {}) => {
    const log = { info: (line: string) => said.push(line), warn: (line: string) => said.push(line) };
    postgres = await startEmbeddedPostgres({ dataDir, explicitDataDir: true, namespace: 'orderkeel', log, settings });
    return postgres;
  };
  const ask = async (url: string, sql: string) =>
    onConnection(url, async (client) =>
      Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {}),
    );

  beforeEach(async () => {
    dataDir = await dataFolder();
    said.length = 0;
    const owner = await ownerProgram(dataDir);
    program = owner.program;
    server = { adminUrl: owner.answer.adminUrl ?? '', pid: owner.answer.pid ?? 0 };
    await ask(server.adminUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
  });
  afterEach(async () => {
    await endProgram(program, 'SIGKILL');
    await postgres?.stop();
    postgres = undefined;
    await removeFolder(dataDir);
  });

  it('takes the running server over, watches it and stops it', async () => {
    await endProgram(program, 'SIGKILL');
    const adopted = await startHere();
    expect(adopted).toMatchObject({ adopted: true, pid: server.pid, adminUrl: server.adminUrl });
    killed(server.pid, 'SIGKILL');
    await until('the adopted server was replaced', () => adopted.pid !== server.pid);
    expect(await ask(adopted.adminUrl, 'SELECT answer FROM kept')).toEqual([42]);
    await adopted.stop();
    expect(killed(adopted.pid, 0)).toBe(false);
  });

  it('applies its settings to the running server', async () => {
    await endProgram(program, 'SIGKILL');
    const adopted = await startHere({ work_mem: '9MB' });
    expect(adopted.pid).toBe(server.pid);
    await until('the setting holds', async () => (await ask(adopted.adminUrl, 'SHOW work_mem'))[0] === '9MB');
  });

  it('restarts the running server for a setting that needs it', async () => {
    await endProgram(program, 'SIGKILL');
    const restarted = await startHere({ max_connections: '42' });
    expect(restarted.adopted).toBe(false);
    expect(said.join()).toContain('max_connections');
    expect(await ask(restarted.adminUrl, 'SHOW max_connections')).toEqual(['42']);
  });

  it('waits for the processes that a killed server leaves', async () => {
    killed(server.pid, 'SIGSTOP');
    await endProgram(program, 'SIGKILL');
    killed(server.pid, 'SIGKILL');
    const restarted = await startHere();
    expect(restarted.adopted).toBe(false);
    expect(await ask(restarted.adminUrl, 'SELECT answer FROM kept')).toEqual([42]);
  });

  it('is not deceived by a process that got the id of the killed server', async () => {
    await endProgram(program, 'SIGKILL');
    killed(server.pid, 'SIGKILL');
    await until('the server is gone', () => !killed(server.pid, 0));
    const cluster = join(dataDir, 'postgres', 'cluster');
    const other = spawn('sleep', ['60'], identityFor(await serverUser(cluster)));
    const file = join(cluster, 'postmaster.pid');
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^\d+/, String(other.pid)));
    const restarted = await startHere();
    expect(other.exitCode).toBe(null);
    await endProgram(other, 'SIGKILL');
    expect(await ask(restarted.adminUrl, 'SELECT answer FROM kept')).toEqual([42]);
  });

  it('refuses while the program lives', async () => {
    await expect(startHere()).rejects.toMatchObject({ code: 'folder-in-use' });
    await endProgram(program, 'SIGTERM');
    expect(killed(server.pid, 0)).toBe(false);
  });
});
