import { describe, expect, it } from '@jest/globals';
import type { CsvRow } from '../import-map.js';
import { uciOnlineRetail } from '../maps/uci-online-retail.js';
import type { Entry, Stage } from './stage.js';
import { stagesOf } from './stages.js';

const SALE = { InvoiceNo: '1', StockCode: '22423', Quantity: '1', UnitPrice: '1', CustomerID: '1.0', Country: '' };

async function stages(...rows: CsvRow[]): Promise<Stage[]> {
  async function* entries(): AsyncGenerator<readonly Entry[]> {
    for (const [index, row] of rows.entries())
      yield [
        {
          reading: uciOnlineRetail.read({ ...SALE, InvoiceDate: '2010-12-01 08:00:00', ...row }),
          line: { file: 'f', number: index + 1, text: '' },
        },
      ];
  }
  const found: Stage[] = [];
  for await (const stage of stagesOf(entries())) found.push(stage);
  return found;
}

describe('a file, cut into stages', () => {
  it('keeps the lines of an invoice together, also where others stand between, under the earlier of two times', async () => {
    const [stage] = await stages(
      { InvoiceDate: '2010-12-01 08:01:00' },
      { InvoiceNo: 'C2', Quantity: '-1' },
      { InvoiceDate: '2010-12-01 08:00:00', StockCode: 'POST' },
    );
    const [sale, ...others] = stage?.sales ?? [];
    expect(others).toEqual([]);
    expect(sale?.entries.map(({ reading }) => reading.sku)).toEqual(['22423', 'POST']);
    expect(sale?.at).toBe('2010-12-01T08:00:00.000000Z');
    expect(stage?.cancellations).toHaveLength(1);
  });

  it('refuses lines of another customer on the same invoice', async () => {
    const [stage] = await stages({}, { CustomerID: '2.0', StockCode: '22424' }, {});
    expect(stage?.sales[0]?.entries).toHaveLength(2);
    expect(stage?.refused.map(({ reading }) => reading.reason)).toEqual(['other-customer']);
    expect([...(stage?.skus.keys() ?? [])]).toEqual(['22423']);
  });

  it('begins a new stage with each week', async () => {
    const found = await stages(
      { InvoiceDate: '2010-12-05 23:59:00' },
      { InvoiceNo: '2', InvoiceDate: '2010-12-06 00:00:00' },
      { InvoiceNo: '3', InvoiceDate: '2010-12-12 00:00:00' },
    );
    expect(found.map(({ sales }) => sales.map(({ invoice }) => invoice))).toEqual([['1'], ['2', '3']]);
  });

  it('does not lose unreadable lines, wherever they stand', async () => {
    const found = await stages({ Quantity: '' }, {}, { Quantity: '' });
    expect(found.flatMap(({ refused }) => refused.map(({ line }) => line.number))).toEqual([1, 3]);
  });

  it('names a SKU after the first line that has it', async () => {
    const stock = { CustomerID: '', UnitPrice: '0', Description: 'damaged' };
    const [stage] = await stages(
      { Description: ' CAKESTAND ' },
      { Description: 'OTHER' },
      { ...stock, StockCode: '22424' },
      { StockCode: '22424', Description: 'TIN' },
    );
    expect([...(stage?.skus ?? [])]).toEqual([
      ['22423', 'CAKESTAND'],
      ['22424', '22424'],
    ]);
  });

  it('counts the stock lines of an invoice', async () => {
    const stock = { CustomerID: '', UnitPrice: '0', Quantity: '-1' };
    const [stage] = await stages(stock, { ...stock, InvoiceNo: '2' }, stock);
    expect(stage?.stock.map(({ reading, ordinal }) => [reading.invoice, ordinal])).toEqual([
      ['1', 0],
      ['2', 0],
      ['1', 1],
    ]);
  });
});
