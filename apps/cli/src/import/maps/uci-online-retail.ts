import type { CsvRow, ImportMap, LineReading } from '../import-map.js';
import { remembering } from '../remembering.js';
import { simulatedStock } from './simulated-stock.js';
import { uciCells, type UciCells } from './uci-cells.js';

/**
 * UCI "Online Retail" (Chen, D., 2015, doi 10.24432/C5BW33): invoice lines of a UK wholesaler. The file has no stock;
 * opening stock and weekly deliveries are simulated and say so in their references. The rules, in this order:
 *
 * 1. A line that cannot be read is refused.
 * 2. "A" invoices correct the wholesaler's books, not an order: refused. So are a negative price and a quantity of 0.
 * 3. A line of a "C" invoice takes back what its customer ordered earlier. Without a customer there is no order to take
 *    it from: refused. Whether earlier orders still have the quantity is decided later (decideCancellation).
 * 4. On an invoice of digits, a negative quantity, or a price of 0 without a customer, corrects the stock; the
 *    description is the reason.
 * 5. Every other line of an invoice of digits is a line of the order that the invoice becomes, also at price 0. Without
 *    a customer it is the order of `guest`.
 * 6. Other kinds of invoices are refused.
 */
export const uciOnlineRetail: ImportMap = {
  name: 'uci-online-retail',
  source: 'import.uci-online-retail',
  currency: 'GBP',
  columns: ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID', 'Country'],
  stock: simulatedStock('2010-11-29'),
  read: readLine,
  // POST, DOT, M, C2, BANK CHARGES and their like are services and fees.
  tracked: (sku) => /^(\d{5}|DCGS|gift_)/.test(sku),
  // 84029E and 84029G are colours of one product.
  productOf: (sku) => /^\d{5}(?=[A-Za-z]{1,2}$)/.exec(sku)?.[0] ?? sku,
};

function readLine(row: CsvRow): LineReading {
  const cells = uciCells(row);
  if ('unreadable' in cells) return { kind: 'refused', reason: cells.unreadable, value: cells.value };
  const { invoice, amount, customer } = cells;
  const { quantity, price, value } = amount;
  const refused = (reason: string): LineReading => ({ kind: 'refused', reason, value });
  if (invoice.startsWith('A')) return refused('bookkeeping-invoice');
  if (price.lt(0)) return refused('negative-price');
  if (quantity.eq(0)) return refused('zero-quantity');
  if (invoice.startsWith('C')) return readCancellation(cells, refused);
  if (!/^\d+$/.test(invoice)) return refused('unknown-kind-of-invoice');
  if (quantity.lt(0) || (!customer && price.eq(0))) return readStockLine(cells);
  return readSale(cells, refused);
}

function readCancellation(cells: UciCells, refused: (reason: string) => LineReading): LineReading {
  const { invoice, at, sku, customer, amount } = cells;
  if (amount.quantity.gt(0)) return refused('positive-cancellation');
  if (!customer) return refused('no-matching-order');
  const quantity = amount.quantity.neg().toFixed();
  return { kind: 'cancellation', invoice, at, sku, customerRef: customer, quantity, value: amount.value };
}

function readStockLine({ invoice, at, sku, description, amount: { quantity, value } }: UciCells): LineReading {
  const reason = description || 'no reason in the file';
  return { kind: 'stock', invoice, at, sku, delta: quantity.toFixed(), reason, value };
}

// The same few countries on every line: one object each.
const metadataOf = remembering((country) => (country ? { country } : {}));

function readSale(cells: UciCells, refused: (reason: string) => LineReading): LineReading {
  const { invoice, at, sku, description } = cells;
  const { quantity, value, priced } = cells.amount;
  if ('unfit' in priced) return refused(priced.unfit);
  return {
    kind: 'sale',
    invoice,
    at,
    sku,
    customerRef: cells.customer || 'guest',
    ...(description ? { description } : {}),
    quantity: quantity.toFixed(),
    priced,
    value,
    metadata: metadataOf(cells.country),
  };
}
