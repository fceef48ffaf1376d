import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataFolder, removeFolder } from '../support/postgres-programs.js';
import { until } from '../support/until.js';
import { start } from './program.js';

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
    await after.end('SIGTERM');
  });
});

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
