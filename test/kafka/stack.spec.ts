import { createServer, type AddressInfo } from 'node:net';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StackFile } from '../../infra/stack/stack-file.js';
import type { StackProcess } from '../../infra/stack/status/stack-status.js';
import { processIdentity } from '../../libs/platform/src/postgres/process-identity.js';
import { dataFolder, killed, removeFolder } from '../support/postgres-programs.js';
import { until } from '../support/until.js';
import { Stack } from './stack-commands.js';

/** All files under a folder, the programs that were fetched left out. */
async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.filter((path) => !path.includes('/jars/'));
}

describe('the stack', () => {
  let stack: Stack;
  let file: StackFile;
  let processes: readonly StackProcess[];

  const pidOf = (name: string) => processes.find((each) => each.name === name)!.pid;

  beforeAll(async () => {
    stack = new Stack(await dataFolder());
    file = await stack.up();
    processes = (await stack.status()).processes;
  });
  afterAll(async () => {
    await stack.down();
    await removeFolder(stack.dataDir);
  });

  it('tells programs what runs, whether the connector does, and whether the slot is read', async () => {
    expect(await stack.status()).toEqual({
      processes: ['postgres', 'broker', 'connect'].map((name) => ({
        name,
        pid: expect.any(Number),
        port: expect.any(Number),
        rssBytes: expect.any(Number),
      })),
      connector: { state: 'RUNNING', task: 'RUNNING' },
      slot: { name: 'orderkeel_cdc', active: true },
    });
    for (const { rssBytes } of processes) expect(rssBytes).toBeGreaterThan(20_000_000);
  });

  it('leaves the addresses in stack.json', async () => {
    const [postgres, broker, connect] = processes.map(({ port }) => port);
    expect(JSON.parse(await readFile(join(stack.dataDir, 'stack/stack.json'), 'utf8'))).toEqual(file);
    expect(file).toEqual({
      postgres: { embedded: true, host: '127.0.0.1', port: postgres, database: 'orderkeel' },
      brokers: [`127.0.0.1:${broker}`],
      connectUrl: `http://127.0.0.1:${connect}`,
      connector: 'orderkeel',
      slot: 'orderkeel_cdc',
    });
  });

  it('shows its passwords to nobody: not in readable files, command lines, environments or over REST', async () => {
    const secrets = Object.values(JSON.parse(await readFile(join(stack.dataDir, 'secrets.json'), 'utf8')) as object);
    expect(secrets.length).toBeGreaterThan(1);
    const visible = [
      await (await fetch(`${file.connectUrl}/connectors/${file.connector}/config`)).text(),
      await (await fetch(`${file.connectUrl}/connectors/${file.connector}/tasks`)).text(),
    ];
    for (const { pid } of processes)
      visible.push(await readFile(`/proc/${pid}/cmdline`, 'utf8'), await readFile(`/proc/${pid}/environ`, 'utf8'));
    const secretFiles = [];
    for (const path of await filesUnder(join(stack.dataDir, 'stack'))) {
      const text = await readFile(path, 'latin1');
      if (secrets.some((secret) => text.includes(secret as string))) secretFiles.push(path);
    }
    expect(secretFiles).toEqual([join(stack.dataDir, 'stack/connect/secrets/db.properties')]);
    expect((await stat(secretFiles[0]!)).mode & 0o777).toBe(0o600);
    expect((await stat(join(stack.dataDir, 'stack'))).mode & 0o777).toBe(0o700);
    expect(visible.filter((text) => secrets.some((secret) => text.includes(secret as string)))).toEqual([]);
  });

  it('is left as it is when it runs already', async () => {
    expect(await stack.up()).toEqual(file);
    expect((await stack.status()).processes.map(({ pid }) => pid)).toEqual(processes.map(({ pid }) => pid));
  });

  it.each([[['connect']], [['broker', 'postgres']]])(
    'is whole again after %j were killed, the others kept',
    async (names) => {
      for (const name of names) {
        killed(pidOf(name), 'SIGKILL');
        await until(`${name} is gone`, () => !killed(pidOf(name), 0));
      }
      const left = (await stack.status()).processes.map((each) => each.name);
      for (const name of names) expect(left).not.toContain(name);
      expect(await stack.up()).toEqual(file);
      const now = await stack.status();
      const replaced = now.processes.filter(({ pid }) => !processes.some((before) => before.pid === pid));
      expect(replaced.map((each) => each.name).sort()).toEqual(names);
      expect([now.connector, now.slot.active]).toEqual([{ state: 'RUNNING', task: 'RUNNING' }, true]);
      ({ processes } = now);
    },
  );

  it('moves to the port that is asked for, once no other program has it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await until('the other program listens', () => other.listening);
    const { port } = other.address() as AddressInfo;
    const asked = { ORDERKEEL_KAFKA_BROKERS: `127.0.0.1:${port}` };
    const { code, stderr } = await stack.run('up', asked);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`Port ${port}, which ORDERKEEL_KAFKA_BROKERS names`)]);
    expect((await stack.status()).processes.map(({ pid }) => pid)).toEqual(processes.map(({ pid }) => pid));

    other.close();
    const moved = await stack.up(asked);
    expect(moved).toEqual({ ...file, brokers: [`127.0.0.1:${port}`] });
    ({ processes } = await stack.status());
    expect(await stack.up()).toEqual(moved);
  });

  it('ends all of it, says who works on it still, and then that nothing runs', async () => {
    const program = { pid: process.pid, url: 'http://127.0.0.1:8080' };
    await writeFile(join(stack.dataDir, 'server.json'), JSON.stringify(program));
    const { stdout, stderr } = await stack.run('down');
    expect(JSON.parse(stdout)).toEqual({ ended: ['connect', 'broker', 'postgres'] });
    expect(stderr).toContain(`process ${process.pid}, ${program.url}`);
    for (const { name, pid } of processes) expect([name, await processIdentity(pid)]).toEqual([name, null]);
    expect(await stack.status()).toEqual({
      processes: [],
      connector: { state: null, task: null },
      slot: { name: 'orderkeel_cdc', active: null },
    });
    expect(await stack.down()).toEqual([]);
  });
});
