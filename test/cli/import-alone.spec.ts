import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { readServerFile } from '../../apps/server/src/server-file.js';
import { livePostmaster } from '../../libs/platform/src/postgres/postmaster-file.js';
import { dataFolder, killed, removeFolder } from '../support/postgres-programs.js';
import { until } from '../support/until.js';
import { begin, lastLine, run } from './program.js';

const SAMPLE = fileURLToPath(new URL('../../samples/uci-online-retail/2010-12-to-2011-01.csv.gz', import.meta.url));
/** Enough to be met in the middle. */
const LINES = 8_000;
const GOES_ON = 'it goes on from where it was';

let folder: string;
let variables: Record<string, string>;
let file: string;
beforeAll(async () => {
  folder = await dataFolder();
  variables = { ORDERKEEL_DATA_DIR: folder };
  file = join(folder, 'orders.csv');
  const lines = gunzipSync(await readFile(SAMPLE))
    .toString()
    .split('\n', LINES);
  await writeFile(file, lines.join('\n'));
});
afterAll(() => removeFolder(folder));

/** An import in the middle, and the process id of the server that it started. */
async function importUnderWay() {
  const importing = begin(['import', '--map', 'uci-online-retail', file], variables);
  const server = await until('its server listens', () => readServerFile(folder), 60_000);
  await until('orders come in', async () => (await countIntents(server.url)) > 0, 60_000);
  expect(server.pid).not.toBe(importing.pid);
  return { importing, serverPid: server.pid };
}

async function countIntents(url: string): Promise<number> {
  const answer = await fetch(`${url}/order-intents?limit=1`);
  return ((await answer.json()) as { items: unknown[] }).items.length;
}

async function nothingRuns(serverPid: number) {
  await until('the server is gone', () => !killed(serverPid, 0));
  expect(await livePostmaster(join(folder, 'postgres', 'cluster'))).toBeNull();
}

describe('an import that runs a server of its own', () => {
  it('stops it in order when it is told to stop', async () => {
    const { importing, serverPid } = await importUnderWay();
    const { code, stderr } = await importing.end('SIGINT');
    expect(code).toBe(1);
    expect(lastLine(stderr)).toBe(`It was stopped before it was done. Run it again: ${GOES_ON}.`);
    await nothingRuns(serverPid);
  });

  it('leaves none behind when it is killed', async () => {
    const { importing, serverPid } = await importUnderWay();
    await importing.end('SIGKILL');
    await nothingRuns(serverPid);
  });

  it('says so when the server dies under it', async () => {
    const { importing, serverPid } = await importUnderWay();
    killed(serverPid, 'SIGKILL');
    const { code, stderr } = await importing.ended();
    expect(code).toBe(1);
    expect(lastLine(stderr)).toBe(
      `The server that was started for the import has ended (SIGKILL). Run the import again: ${GOES_ON}.`,
    );
  });

  it('is finished by the next one, which stops its server, too', async () => {
    const { code, stdout } = await run(['import', '--json', '--map', 'uci-online-retail', file], variables);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ linesRead: LINES - 1 });
    expect(await readServerFile(folder)).toBeNull();
    expect(await livePostmaster(join(folder, 'postgres', 'cluster'))).toBeNull();
  });

  it('leaves it to the server to say why it does not start', async () => {
    const configuration = join(folder, 'config.json');
    await writeFile(configuration, '{ "modules": { "inventory": { "enbaled": true } } }');
    const { code, stdout, stderr } = await run(['import', '--map', 'uci-online-retail', '--json', file], {
      ...variables,
      ORDERKEEL_CONFIG: configuration,
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(lastLine(stderr)).toContain('modules.inventory.enbaled');
  });
});
