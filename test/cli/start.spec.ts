import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { livePostmaster } from '../../libs/platform/src/postgres/postmaster-file.js';
import { dataFolder, removeFolder } from '../support/postgres-programs.js';
import type { AsyncApi } from '../support/asyncapi-document.js';
import { lastLine, run, start } from './program.js';

let folder: string;
let variables: Record<string, string>;
beforeAll(async () => {
  folder = await dataFolder();
  variables = { ORDERKEEL_DATA_DIR: folder };
});
afterAll(() => removeFolder(folder));

const postgresRuns = async () => (await livePostmaster(join(folder, 'postgres', 'cluster'))) !== null;

describe('orderkeel start', () => {
  it('starts on a fresh folder, says where it listens and what to try, and stops in order', async () => {
    const server = await start(['--no-demo', '--port', '0'], variables);
    await server.says('Ctrl-C stops it');
    expect(JSON.parse(await readFile(join(folder, 'server.json'), 'utf8'))).toMatchObject({
      pid: server.pid,
      url: server.url,
    });
    const ready = await fetch(`${server.url}/health/ready`);
    expect(ready.status).toBe(200);
    const put = await fetch(`${server.url}/customers/kept`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(put.status).toBe(201);
    const topics = (await (await fetch(`${server.url}/docs/asyncapi.json`)).json()) as AsyncApi;
    expect([topics.info.description, topics.servers]).toEqual([expect.stringContaining('without Kafka'), undefined]);

    const { code, stdout, stderr } = await server.end('SIGTERM');
    expect(code).toBe(0);
    expect(stdout).not.toContain('The demo');
    for (const line of stderr.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg');
    expect(existsSync(join(folder, 'server.json'))).toBe(false);
    expect(await postgresRuns()).toBe(false);
  });

  it('keeps the data, and keeps a second program off the folder', async () => {
    const server = await start(['--no-demo'], variables);
    const kept = await fetch(`${server.url}/customers/kept`);
    expect(kept.status).toBe(200);

    const second = await run(['start', '--no-demo', '--port', '0'], variables);
    expect(second.code).toBe(1);
    expect(lastLine(second.stderr)).toContain(`Another Orderkeel (process ${server.pid}) is using the data folder`);
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    expect((await server.end('SIGINT')).code).toBe(0);
  });

  it('names the setting when the port is taken, and leaves no PostgreSQL behind', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const { code, stderr } = await run(['start', '--no-demo', '--port', String(port)], variables);
    other.close();
    expect(code).toBe(1);
    expect(lastLine(stderr)).toContain(`Port ${port} of 127.0.0.1 is taken`);
    expect(lastLine(stderr)).toContain('ORDERKEEL_PORT');
    expect(await postgresRuns()).toBe(false);
  });

  it('refuses a key of the configuration that nobody knows, by its name', async () => {
    const file = join(folder, 'config.json');
    await writeFile(file, '{ "modules": { "inventory": { "enbaled": true } } }');
    const { code, stderr } = await run(['start'], { ...variables, ORDERKEEL_CONFIG: file });
    expect(code).toBe(1);
    expect(lastLine(stderr)).toContain('modules.inventory.enbaled');
  });
});

describe('orderkeel, used wrongly', () => {
  it.each([
    [['strat'], 'Try "npx orderkeel --help".'],
    [['start', '--prot', '1'], 'Try "npx orderkeel start --help".'],
    [['start', '--port', 'ninety'], 'Try "npx orderkeel start --help".'],
    [['orders', 'show'], 'Try "npx orderkeel orders show --help".'],
    [['parked', 'retry'], 'Say which: an executor and a key, or --error-class with a code.'],
  ])('ends %j with 2 and a hint', async (args, hint) => {
    const { code, stdout, stderr } = await run(args, variables);
    expect({ code, stdout, last: lastLine(stderr) }).toEqual({ code: 2, stdout: '', last: hint });
  });

  it('shows help with examples on stdout', async () => {
    for (const command of ['start', 'migrate', 'import', 'orders show', 'modules', 'lag', 'parked', 'doctor']) {
      const { code, stdout } = await run([...command.split(' '), '--help'], variables);
      expect(code).toBe(0);
      expect(stdout).toContain(`$ `);
    }
  });
});
