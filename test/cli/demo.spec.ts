import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { dataFolder, removeFolder } from '../support/postgres-programs.js';
import { until } from '../support/until.js';
import { run, start } from './program.js';

let folder: string;
let variables: Record<string, string>;
beforeAll(async () => {
  folder = await dataFolder();
  variables = { ORDERKEEL_DATA_DIR: folder };
});
afterAll(() => removeFolder(folder));

describe('the demo', () => {
  it('that was cut by a kill is finished by the next start, and never run again', async () => {
    const cut = await start([], variables);
    await cut.says('The demo: orders of a real wholesaler');
    await until('orders come in', async () => (await intents(cut.url)).length > 0);
    await cut.end('SIGKILL');

    const finishing = await start([], variables);
    await finishing.says('The demo was cut; going on with it');
    await finishing.says('Three things to try', 100_000);
    expect(finishing.stdout()).toMatch(/Done: [\d,]+ orders? and [\d,]+ later changes?/);
    const orders = await countOrders(finishing.url);
    expect(orders).toBeGreaterThanOrEqual(2_000);
    await finishing.end('SIGTERM');

    const after = await start([], variables);
    await after.says('Three things to try');
    expect(after.stdout()).not.toContain('The demo');
    expect(await countOrders(after.url)).toBe(orders);

    // With the demo's SKUs and customers there, the README's first intent does what the README says of it.
    await runReadme('A first intent', after.url);
    const shown = await run(['orders', 'show', 'web-10045'], variables);
    expect(shown.stdout).toMatch(/order:submitted[^]*inventory:reservation_backordered/);
    expect(shown.stdout).not.toContain('reservation_confirmed');
    await after.end('SIGTERM');
  });
});

/** Runs the first block of shell under a heading of the README, against this server. */
async function runReadme(heading: string, url: string): Promise<void> {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const block = /```sh\n([^]*?)```/.exec(readme.slice(readme.indexOf(`## ${heading}`)))?.[1] ?? '';
  const { stdout } = await promisify(execFile)('sh', ['-ec', block.replaceAll('localhost:3000', url)]);
  expect(stdout).toContain('"orderIntentId":"web-10045"');
}

async function intents(url: string): Promise<unknown[]> {
  const answer = await fetch(`${url}/order-intents?limit=1`);
  return ((await answer.json()) as { items: unknown[] }).items;
}

async function countOrders(url: string): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const answer = await fetch(`${url}/orders?limit=200${cursor === null ? '' : `&cursor=${cursor}`}`);
    const page = (await answer.json()) as { items: unknown[]; nextCursor: string | null };
    count += page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return count;
}
