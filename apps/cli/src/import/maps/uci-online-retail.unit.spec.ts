import { describe, expect, it } from '@jest/globals';
import type { LineReading } from '../import-map.js';
import { uciOnlineRetail } from './uci-online-retail.js';

const LINE = {
  InvoiceNo: '536365',
  StockCode: '85123A',
  Description: 'T-LIGHT HOLDER ',
  Quantity: '6',
  InvoiceDate: '2010-12-01 08:26:00',
  UnitPrice: '2.55',
  CustomerID: '17850.0',
  Country: 'United Kingdom',
};

/** A sale, changed in the cells that a test is about; values as text. */
function read(cells: Partial<typeof LINE>): Omit<LineReading, 'value'> & { value: string } {
  const reading = uciOnlineRetail.read({ ...LINE, ...cells });
  return { ...reading, value: reading.value.toFixed() };
}

describe('the map uci-online-retail', () => {
  it('reads a line of an invoice of digits as a line of an order, in pence and UTC', () => {
    expect(read({})).toMatchObject({
      kind: 'sale',
      invoice: '536365',
      customerRef: '17850',
      at: '2010-12-01T08:26:00.000000Z',
      sku: '85123A',
      description: 'T-LIGHT HOLDER ',
      quantity: '6',
      priced: { price: { unitPrice: 255 }, total: 1530 },
      metadata: { country: 'United Kingdom' },
      value: '15.3',
    });
  });

  it('gives an order without customer to guest', () => {
    expect(read({ CustomerID: '' })).toMatchObject({ kind: 'sale', customerRef: 'guest' });
  });

  it('keeps the case of SKUs and leaves out descriptions that say nothing', () => {
    const reading = read({ StockCode: '85123a', Description: ' ' });
    expect(reading).toMatchObject({ kind: 'sale', sku: '85123a' });
    expect(reading).not.toHaveProperty('description');
  });

  it('gives a price with fractions of a penny as decimal text, and says what rounding the total added', () => {
    expect(read({ UnitPrice: '0.001', Quantity: '1' })).toMatchObject({
      priced: { price: { unitPriceDecimal: '0.1' }, total: 0 },
      value: '0.001',
    });
    expect(read({ UnitPrice: '2.555', Quantity: '1' })).toMatchObject({
      priced: { price: { unitPriceDecimal: '255.5' }, total: 256 },
    });
    const reading = uciOnlineRetail.read({ ...LINE, UnitPrice: '2.555', Quantity: '3' });
    expect(reading.kind === 'sale' && reading.priced.rounding.toFixed()).toBe('0.005');
  });

  it('sells at price 0 to a customer', () => {
    expect(read({ UnitPrice: '0.0' })).toMatchObject({ kind: 'sale', priced: { price: { unitPrice: 0 }, total: 0 } });
  });

  it('takes a line without customer at price 0 for a correction of the stock, whatever its sign', () => {
    const line = { CustomerID: '', UnitPrice: '0.0', Description: 'found' };
    expect(read({ ...line, Quantity: '12' })).toMatchObject({ kind: 'stock', delta: '12', reason: 'found' });
    expect(read({ ...line, Quantity: '-12' })).toMatchObject({ kind: 'stock', delta: '-12', reason: 'found' });
    expect(read({ ...line, Description: '' })).toMatchObject({ reason: 'no reason in the file' });
  });

  it('takes every negative quantity outside "C" invoices for a correction of the stock', () => {
    expect(read({ Quantity: '-2' })).toMatchObject({ kind: 'stock', delta: '-2', value: '-5.1' });
  });

  it('reads a line of a "C" invoice as taking back what its customer ordered', () => {
    expect(read({ InvoiceNo: 'C536379', Quantity: '-3' })).toMatchObject({
      kind: 'cancellation',
      invoice: 'C536379',
      customerRef: '17850',
      quantity: '3',
      value: '-7.65',
    });
  });

  it('refuses a "C" line without customer, because there is no order to take it from', () => {
    const line = { InvoiceNo: 'C536379', Quantity: '-3', CustomerID: '' };
    expect(read(line)).toMatchObject({ kind: 'refused', reason: 'no-matching-order', value: '-7.65' });
  });

  it.each([
    [{ InvoiceNo: 'A563186', UnitPrice: '-11062.06', Quantity: '1' }, 'bookkeeping-invoice', '-11062.06'],
    [{ InvoiceNo: 'A563185', UnitPrice: '11062.06', Quantity: '1' }, 'bookkeeping-invoice', '11062.06'],
    [{ UnitPrice: '-1' }, 'negative-price', '-6'],
    [{ Quantity: '0' }, 'zero-quantity', '0'],
    [{ InvoiceNo: 'C536379' }, 'positive-cancellation', '15.3'],
    [{ InvoiceNo: 'X536379' }, 'unknown-kind-of-invoice', '15.3'],
    [{ UnitPrice: '0.000000001' }, 'price-too-precise', '0.000000006'],
    [{ UnitPrice: '99999999999', Quantity: '99999999999' }, 'amount-too-large', '9999999999800000000001'],
    [{ Quantity: 'six' }, 'unreadable-line', '0'],
    [{ Quantity: '1e3' }, 'unreadable-line', '0'],
    [{ UnitPrice: '' }, 'unreadable-line', '0'],
    [{ InvoiceDate: '2011-02-30 08:26:00' }, 'unreadable-line', '15.3'],
    [{ InvoiceDate: 'yesterday' }, 'unreadable-line', '15.3'],
    [{ StockCode: ' ' }, 'unreadable-line', '15.3'],
    [{ InvoiceNo: '' }, 'unreadable-line', '15.3'],
  ])('refuses %o as %s with the value %s', (cells, reason, value) => {
    expect(read(cells)).toEqual({ kind: 'refused', reason, value });
  });

  it('tracks codes of five digits, DCGS and gift_, and no services or fees', () => {
    const tracked = ['85123A', '22423', 'DCGS0076', 'DCGSSBOY', 'gift_0001_20'];
    const untracked = ['POST', 'DOT', 'M', 'm', 'C2', 'D', 'S', 'BANK CHARGES', 'AMAZONFEE', 'PADS', 'CRUK', '1234'];
    expect(tracked.filter((sku) => !uciOnlineRetail.tracked(sku))).toEqual([]);
    expect(untracked.filter((sku) => uciOnlineRetail.tracked(sku))).toEqual([]);
  });

  it('takes letters behind the digits for variants of one product', () => {
    const products = ['84029G', '84029E', '15056BL', '22423', 'DCGS0076', 'gift_0001_20'].map(
      uciOnlineRetail.productOf,
    );
    expect(products).toEqual(['84029', '84029', '15056', '22423', 'DCGS0076', 'gift_0001_20']);
  });
});
