import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolder, removeFolder } from '../support/postgres-programs.js';
import { lastLine, run, start, type Listening } from './program.js';

const UCI = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
C536379,85123A,WHITE HANGING HEART,-2,2010-12-01 09:41:00,2.55,17850.0,United Kingdom
C536380,D,Discount,-1,2010-12-01 09:41:00,27.50,14527.0,United Kingdom
`;
const INTENT = {
  orderIntentId: 'line-1',
  sourceSystem: 'shop',
  customerRef: '17850',
  lineItems: [{ sku: '85123A', quantity: 1, unitPrice: 255, total: 255 }],
  totals: { currency: 'GBP', subtotal: 255, tax: 0, shipping: 0, discounts: 0 },
  submittedAt: '2026-11-21T09:00:00Z',
};

let folder: string;
let variables: Record<string, string>;
let csv: string;
let ndjson: string;
beforeAll(async () => {
  folder = await dataFolder();
  variables = { ORDERKEEL_DATA_DIR: folder };
  [csv, ndjson] = [join(folder, 'uci.csv'), join(folder, 'intents.ndjson')];
  await writeFile(csv, UCI);
  await writeFile(ndjson, `${JSON.stringify(INTENT)}\nno intent\n`);
});
afterAll(() => removeFolder(folder));

const orderkeel = (...args: string[]) => run(args, variables);

interface Printed {
  readonly ok: boolean;
  readonly orderId: string;
  readonly timeline: readonly object[];
}

async function json(...args: string[]): Promise<Printed> {
  return JSON.parse((await orderkeel(...args, '--json')).stdout) as Printed;
}

describe('commands on a folder where nothing is yet', () => {
  it.each([['lag'], ['migrate', '--check']])('%s make nothing, and say how to begin', async (...args) => {
    const { code, stderr } = await orderkeel(...args);
    expect(code).toBe(1);
    expect(lastLine(stderr)).toContain('npx orderkeel start');
  });

  it('a doctor finds nothing wrong with it', async () => {
    expect(await orderkeel('doctor')).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing is wrong.') });
  });

  it('migrate installs, and then has nothing to do', async () => {
    expect(await orderkeel('migrate')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Done: \d+ migrations/),
    });
  });
});

describe('import, where no server runs', () => {
  it('starts one for its duration, and ends with 3 for refused lines', async () => {
    const { code, stdout } = await orderkeel('import', '--map', 'uci-online-retail', csv);
    expect(code).toBe(3);
    expect(lastLine(stdout)).toMatch(/^1 intent, 1 adjustment, .*; 3 lines read: 2 accepted, 1 refused$/);
  });

  it('judges files and maps before that', async () => {
    expect(await orderkeel('import', join(folder, 'nothing'))).toMatchObject({ code: 1, stdout: '' });
    expect(await orderkeel('import', csv)).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('commands beside a running server', () => {
  let server: Listening;
  beforeAll(async () => (server = await start(['--no-demo'], variables)));
  afterAll(async () => void (await server.end('SIGTERM')));

  it('import again changes nothing, and --json prints one value', async () => {
    const { code, stdout } = await orderkeel('import', '--json', '--map', 'uci-online-retail', csv);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toEqual({
      linesRead: 3,
      linesAccepted: 2,
      linesRefused: 1,
      refusedByReason: { 'no-matching-order': 1 },
      intents: 0,
      adjustments: 0,
      stockAdjustments: 0,
      value: { currency: 'GBP', file: '-17.3', accepted: '10.2', refused: '-27.5', rounding: '0' },
    });
  });

  it('import takes NDJSON and writes what it refused', async () => {
    const rejects = join(folder, 'rejects.ndjson');
    const { code } = await orderkeel('import', ndjson, '--rejects', rejects);
    expect(code).toBe(3);
    expect(JSON.parse(await readFile(rejects, 'utf8'))).toMatchObject({ line: 2, reason: 'malformed-json' });
  });

  it('orders show finds an order by any of its names, and tells its timeline', async () => {
    const shown = await orderkeel('orders', 'show', '536365');
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('4 of 6');
    expect(shown.stdout).toMatch(/order:submitted[\s\S]+order:manually_adjusted/);
    expect(shown.stdout).not.toContain('\x1b');
    const { orderId, timeline } = await json('orders', 'show', 'line-1');
    expect(timeline).toContainEqual(expect.objectContaining({ statusCode: 'order:submitted', orderId }));
    expect(await json('orders', 'show', orderId)).toMatchObject({ orderId });
    expect((await orderkeel('orders', 'show', 'nobody')).code).toBe(1);
  });

  it('modules, lag and parked say how it is', async () => {
    expect(await json('modules')).toContainEqual(expect.objectContaining({ module: 'inventory', enabled: true }));
    const lags = await json('lag');
    expect(lags).toContainEqual(
      expect.objectContaining({ executor: 'orderIntentIngestor', state: 'RUNNING', lagEvents: 0 }),
    );
    expect(await json('parked')).toEqual([]);
    const missing = await orderkeel('parked', 'retry', 'orderIntentIngestor', 'no-key');
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('is not parked') });
  });

  it('modules are switched through it, all of them or none', async () => {
    const off = await orderkeel('modules', 'disable', 'inventory');
    expect(off).toMatchObject({
      code: 0,
      stdout: 'inventory is disabled, its executors have stopped and its routes are gone.\n',
    });
    expect(await json('modules')).toContainEqual(expect.objectContaining({ module: 'inventory', enabled: false }));
    const mixed = await orderkeel('modules', 'enable', 'inventory', 'nobody');
    expect(mixed).toMatchObject({ code: 1, stderr: expect.stringContaining('modules to switch: inventory') });
    expect(await json('modules')).toContainEqual(expect.objectContaining({ module: 'inventory', enabled: false }));
    expect(await json('modules', 'enable', 'inventory')).toEqual([{ module: 'inventory', enabled: true }]);
  });

  it('modules are not switched where that would not last', async () => {
    const core = await orderkeel('modules', 'disable', 'order');
    expect(core).toMatchObject({ code: 1, stderr: expect.stringContaining('part of the core') });
    const named = await run(['modules', 'disable', 'inventory'], { ...variables, ORDERKEEL_MODULES: 'inventory' });
    expect(named).toMatchObject({ code: 1, stderr: expect.stringMatching(/ORDERKEEL_MODULES decides at every start/) });
    const file = join(folder, 'config.json');
    await writeFile(file, JSON.stringify({ modules: { inventory: { enabled: true } } }));
    const filed = await run(['modules', 'disable', 'inventory'], { ...variables, ORDERKEEL_CONFIG: file });
    expect(filed).toMatchObject({ code: 1, stderr: expect.stringContaining('modules.inventory.enabled') });
  });

  it('migrate runs beside it, and a doctor ends with 4 once something is wrong', async () => {
    expect(await orderkeel('migrate')).toMatchObject({ code: 0, stdout: 'Nothing was missing.\n' });
    expect((await json('doctor')).ok).toBe(true);
    await fetch(`${server.url}/ops/consumers/inventoryReservationIntake/pause`, { method: 'POST' });
    const { code, stdout } = await orderkeel('doctor');
    expect(code).toBe(4);
    expect(stdout).toContain(`curl -X POST ${server.url}/ops/consumers/inventoryReservationIntake/resume`);
    await fetch(`${server.url}/ops/consumers/inventoryReservationIntake/resume`, { method: 'POST' });
  });
});

describe('commands once the server has stopped', () => {
  it('ask the database', async () => {
    expect(await json('orders', 'show', '536365')).toMatchObject({ externalOrderId: '536365', revision: 2 });
    const lags = await json('lag');
    expect(lags).toContainEqual(expect.objectContaining({ executor: 'orderIntentIngestor', lagEvents: null }));
  });

  it('switch modules there, for the next start', async () => {
    expect(await json('modules', 'disable', 'inventory')).toEqual([{ module: 'inventory', enabled: false }]);
    expect(await json('modules')).toContainEqual(expect.objectContaining({ module: 'inventory', enabled: false }));
    const on = await orderkeel('modules', 'enable', 'inventory');
    expect(on).toMatchObject({ code: 0, stdout: 'inventory is enabled from the next start on.\n' });
  });
});
