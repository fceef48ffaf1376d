import { describe, expect, it } from '@jest/globals';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importTexts, withModelServer } from './testing/import-into.js';
import { uciLine, uciText } from './testing/uci-text.js';

const MAP = { map: 'uci-online-retail' };

describe('importing invoices', () => {
  it('makes customers, products, SKUs, stock and orders of them, and takes back what is cancelled', async () => {
    const text = uciText([
      uciLine({ invoice: '1', sku: '84029E', quantity: 6 }),
      uciLine({ invoice: '1', sku: 'POST', quantity: 1, price: '18.0' }),
      uciLine({ invoice: '2', sku: '84029G', customer: '', at: '2010-12-01 09:00:00' }),
      uciLine({ invoice: 'C3', sku: '84029E', quantity: -4, at: '2010-12-01 10:00:00' }),
      uciLine({ invoice: 'C4', sku: '84029E', quantity: -3, at: '2010-12-01 11:00:00' }),
    ]);
    await withModelServer(async (model, baseUrl) => {
      expect(await importTexts(baseUrl, [text], MAP)).toEqual({
        linesRead: 5,
        linesAccepted: 4,
        linesRefused: 1,
        refusedByReason: { 'no-matching-order': 1 },
        intents: 2,
        adjustments: 1,
        stockAdjustments: 0,
        value: { currency: 'GBP', file: '30.75', accepted: '38.4', refused: '-7.65', rounding: '0' },
      });
      expect(['17850', 'guest'].every((customer) => model.references.has('customers', customer))).toBe(true);
      expect(model.references.has('products', '84029')).toBe(true);
      expect(model.inventory.onHand('84029E')).toBeGreaterThan(0);
      expect(model.inventory.onHand('POST')).toBe(0);
      expect(model.orders.quantitiesOf('1')).toEqual({ '84029E': '2', POST: '1' });
    });
  });

  it('waits until an order is there before it takes back from it', async () => {
    const text = uciText([
      uciLine({ invoice: '1' }),
      uciLine({ invoice: 'C2', quantity: -2, at: '2010-12-01 10:00:00' }),
    ]);
    await withModelServer(async (model, baseUrl) => {
      model.orders.decidesAfter = 8;
      expect(await importTexts(baseUrl, [text], MAP)).toMatchObject({ adjustments: 1 });
    });
  });

  it('takes back only from orders that are reserved, so that what is recorded does not hang on the hurry', async () => {
    const text = uciText([
      uciLine({ invoice: '1' }),
      uciLine({ invoice: 'C2', quantity: -2, at: '2010-12-01 10:00:00' }),
    ]);
    await withModelServer(async (model, baseUrl) => {
      model.orders.reservesAfter = 3;
      expect(await importTexts(baseUrl, [text], MAP)).toMatchObject({ adjustments: 1 });
      expect(model.orders.adjustedEarly).toBe(0);
    });
  });

  it('refuses a loss that the stock does not have, and books the others', async () => {
    const found = { customer: '', price: '0.0', sku: '22423' };
    const text = uciText([
      uciLine({ ...found, invoice: '1', quantity: 1_000_000, description: 'found' }),
      uciLine({ ...found, invoice: '2', quantity: -900_000, description: 'lost' }),
      uciLine({ ...found, invoice: '3', quantity: -900_000, description: 'lost again' }),
    ]);
    await withModelServer(async (model, baseUrl) => {
      const summary = await importTexts(baseUrl, [text], MAP);
      expect(summary).toMatchObject({ stockAdjustments: 2, refusedByReason: { 'not-enough-stock': 1 } });
      expect(await importTexts(baseUrl, [text], MAP)).toEqual({ ...summary, stockAdjustments: 0 });
    });
  });

  it('refuses a loss that the server refuses, because somebody emptied the shelf', async () => {
    const lost = uciLine({ customer: '', price: '0.0', sku: '22423', quantity: -1, description: 'lost' });
    await withModelServer(async (model, baseUrl) => {
      model.inventory.isEmptied = true;
      expect(await importTexts(baseUrl, [uciText([lost])], MAP)).toMatchObject({
        stockAdjustments: 0,
        refusedByReason: { 'not-enough-stock': 1 },
      });
    });
  });

  it('refuses the lines of an invoice that the ingestor rejects, and cancellations of it', async () => {
    const text = uciText([
      uciLine({ invoice: '1' }),
      uciLine({ invoice: '1', sku: 'POST' }),
      uciLine({ invoice: 'C2', quantity: -1, at: '2010-12-01 10:00:00' }),
    ]);
    await withModelServer(async (model, baseUrl) => {
      model.orders.rejects = (content) => content.includes('"orderIntentId":"1"');
      const summary = await importTexts(baseUrl, [text], MAP);
      expect(summary.refusedByReason).toEqual({ 'intent-rejected': 2, 'no-matching-order': 1 });
      expect(await importTexts(baseUrl, [text], MAP)).toEqual({ ...summary, intents: 0 });
    });
  });

  it('accepts an invoice that was rejected when it comes again with lines that are not', async () => {
    const texts = ['13047.0', '17850.0'].map((customer) => uciText([uciLine({ invoice: '1', customer })]));
    await withModelServer(async (model, baseUrl) => {
      model.orders.rejects = (content) => content.includes('13047');
      expect(await importTexts(baseUrl, texts, MAP)).toMatchObject({
        linesAccepted: 1,
        refusedByReason: { 'intent-rejected': 1 },
      });
    });
  });

  it('refuses an invoice that comes again with other lines', async () => {
    await withModelServer(async (_, baseUrl) => {
      await importTexts(baseUrl, [uciText([uciLine({ quantity: 6 })])], MAP);
      const { refusedByReason } = await importTexts(baseUrl, [uciText([uciLine({ quantity: 7 })])], MAP);
      expect(refusedByReason).toEqual({ 'intent-already-accepted': 1 });
    });
  });

  it('imports orders, and refuses stock lines, where there is no inventory', async () => {
    const text = uciText([uciLine({}), uciLine({ invoice: '2', customer: '', price: '0.0' })]);
    await withModelServer(async (model, baseUrl) => {
      model.inventory.isEnabled = false;
      expect(await importTexts(baseUrl, [text], MAP)).toMatchObject({
        intents: 1,
        refusedByReason: { 'no-inventory': 1 },
      });
    });
  });

  it('decides a cancellation again as before when somebody has cancelled the rest of the order since', async () => {
    const text = uciText([
      uciLine({ invoice: '1' }),
      uciLine({ invoice: 'C2', quantity: -4, at: '2010-12-01 10:00:00' }),
    ]);
    await withModelServer(async (model, baseUrl) => {
      const summary = await importTexts(baseUrl, [text], MAP);
      model.orders.adjustByHand('1', '0');
      expect(await importTexts(baseUrl, [text], MAP)).toEqual({ ...summary, intents: 0, adjustments: 0 });
    });
  });

  it('takes back once when a file is named twice', async () => {
    const text = uciText([
      uciLine({ invoice: '1' }),
      uciLine({ invoice: 'C2', quantity: -2, at: '2010-12-01 10:00:00' }),
    ]);
    await withModelServer(async (model, baseUrl) => {
      expect(await importTexts(baseUrl, [text, text], MAP)).toMatchObject({
        linesAccepted: 4,
        intents: 1,
        adjustments: 1,
      });
      expect(model.orders.quantitiesOf('1')).toEqual({ '85123A': '4' });
    });
  });

  it('takes back both parts of an invoice that two files share', async () => {
    const sale = [uciLine({ invoice: '1' }), uciLine({ invoice: '1', sku: 'POST' })];
    const part = (sku: string) => uciLine({ invoice: 'C2', sku, quantity: -2, at: '2010-12-01 10:00:00' });
    const texts = [uciText([...sale, part('85123A')]), uciText([part('POST')])];
    await withModelServer(async (model, baseUrl) => {
      expect(await importTexts(baseUrl, texts, MAP)).toMatchObject({ linesRefused: 0, adjustments: 2 });
      expect(await importTexts(baseUrl, texts, MAP)).toMatchObject({ linesRefused: 0, adjustments: 0 });
      expect(model.orders.quantitiesOf('1')).toEqual({ '85123A': '4', POST: '4' });
    });
  });

  it('keeps a loss that was booked when a file of an earlier time comes later', async () => {
    const all = { customer: '', price: '0.0', sku: '20187' };
    const later = uciText([
      uciLine({ ...all, invoice: '8', quantity: -2_000, at: '2010-12-10 08:00:00' }),
      uciLine({ invoice: '9', sku: '20187', at: '2011-01-05 08:00:00' }),
    ]);
    const earlier = uciText([uciLine({ ...all, invoice: '1', quantity: -1_200, at: '2010-12-02 08:00:00' })]);
    await withModelServer(async (_, baseUrl) => {
      const summary = await importTexts(baseUrl, [later], MAP);
      expect(summary).toMatchObject({ stockAdjustments: 1 });
      expect(await importTexts(baseUrl, [earlier], MAP)).toMatchObject({ stockAdjustments: 1 });
      expect(await importTexts(baseUrl, [later], MAP)).toEqual({ ...summary, intents: 0, stockAdjustments: 0 });
    });
  });

  it('leaves a name alone that somebody changed', async () => {
    await withModelServer(async (model, baseUrl) => {
      await importTexts(baseUrl, [uciText([uciLine({})])], MAP);
      model.references.rename('skus', '85123A', 'Our own name');
      await importTexts(baseUrl, [uciText([uciLine({ invoice: '2', description: 'LIGHT' })])], MAP);
      expect(JSON.stringify(model.references.state())).toContain('Our own name');
    });
  });

  it('writes refused lines with file, number, reason and text', async () => {
    const rejectsFile = join(tmpdir(), `rejects-${process.pid}.ndjson`);
    const refused = uciLine({ invoice: 'A1', description: '"Adjust, bad debt"' });
    try {
      await withModelServer((_, baseUrl) =>
        importTexts(baseUrl, [uciText([uciLine({}), refused])], { ...MAP, rejectsFile }),
      );
      expect(JSON.parse(await readFile(rejectsFile, 'utf8'))).toEqual({
        file: 'file-0',
        line: 3,
        reason: 'bookkeeping-invoice',
        text: refused,
      });
    } finally {
      await rm(rejectsFile, { force: true });
    }
  });

  it('asks for nothing where refused lines cannot be written', async () => {
    await withModelServer(async (model, baseUrl) => {
      const rejectsFile = join(tmpdir(), 'no-such-folder', 'rejects.ndjson');
      const refused = importTexts(baseUrl, [uciText([uciLine({})])], { ...MAP, rejectsFile });
      await expect(refused).rejects.toMatchObject({ code: 'unreadable-file' });
      expect(model.references.has('customers', '17850')).toBe(false);
    });
  });

  it('tells how far it is, in bytes, lines and intents', async () => {
    const seen: { bytesRead: number; bytesTotal: number; linesRead: number; intents: number }[] = [];
    const text = uciText([uciLine({})]);
    await withModelServer((_, baseUrl) =>
      importTexts(baseUrl, [text], { ...MAP, progress: (progress) => void seen.push(progress) }),
    );
    expect(seen.at(-1)).toEqual({ bytesRead: text.length, bytesTotal: text.length, linesRead: 1, intents: 1 });
  });

  it('asks for a map, an existing one, and files', async () => {
    const wrongUsage = expect.objectContaining({ code: 'wrong-usage' });
    const { runImport } = await import('./run-import.js');
    await expect(runImport({ baseUrl: 'http://127.0.0.1:1', files: ['x.csv.gz'] })).rejects.toEqual(wrongUsage);
    await expect(runImport({ baseUrl: 'http://127.0.0.1:1', files: [] })).rejects.toEqual(wrongUsage);
    await expect(runImport({ baseUrl: 'http://127.0.0.1:1', files: ['x'], map: 'none' })).rejects.toEqual(wrongUsage);
  });
});
