import Big from 'big.js';
import type { CsvRow } from '../import-map.js';
import { remembering } from '../remembering.js';
import { pricedLine } from './priced-line.js';

/** The cells of a line, read but not judged. */
export interface UciCells {
  readonly invoice: string;
  readonly sku: string;
  /** Text that says nothing but spaces is empty; other text is kept as it is. */
  readonly description: string;
  readonly amount: Amount;
  /** RFC 3339 UTC with microseconds; the file's times are UTC. */
  readonly at: string;
  /** Without the `.0` that the file's numbers end with; empty where the line has none. */
  readonly customer: string;
  readonly country: string;
}

/** What the quantity and the price of a line are and come to. Lines that have the same two share it. */
interface Amount {
  readonly quantity: Big;
  readonly price: Big;
  readonly value: Big;
  /** What such a line costs in an order; the price is given in pounds, and money there is pence. */
  readonly priced: ReturnType<typeof pricedLine>;
}

/** A line that cannot be read counts with the value that can be told, else with 0. */
interface Unreadable {
  readonly unreadable: string;
  readonly value: Big;
}

const NOTHING = new Big(0);
const DECIMAL = /^-?\d{1,12}(\.\d{1,12})?$/;
/** Quantities have at most six decimals (interfaces 1). */
const QUANTITY = /^-?\d{1,12}(\.\d{1,6})?$/;
const TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;

// The same few thousand amounts and times come again and again; reading them anew is a third of the work of a line.
const amountIn = remembering(readAmount);
const timeIn = remembering(momentIn);

/** Reads the cells of a line of UCI "Online Retail". */
export function uciCells(row: CsvRow): UciCells | Unreadable {
  const cell = (name: string) => row[name] ?? '';
  const amount = amountIn(`${cell('Quantity')}\n${cell('UnitPrice')}`);
  const at = timeIn(cell('InvoiceDate'));
  const [invoice, sku] = [cell('InvoiceNo').trim(), cell('StockCode').trim()];
  if (!amount || !at || !invoice || !sku) return { unreadable: 'unreadable-line', value: amount?.value ?? NOTHING };
  return {
    invoice,
    sku,
    description: cell('Description').trim() === '' ? '' : cell('Description'),
    amount,
    at,
    customer: cell('CustomerID')
      .trim()
      .replace(/^(\d+)\.0+$/, '$1'),
    country: cell('Country').trim(),
  };
}

/** Of both texts, which have no line feed but the one between; null where one of them is no number. */
function readAmount(texts: string): Amount | null {
  const [quantityText = '', priceText = ''] = texts.split('\n');
  const [quantity, price] = [numberIn(quantityText, QUANTITY), numberIn(priceText, DECIMAL)];
  if (!quantity || !price) return null;
  return { quantity, price, value: quantity.times(price), priced: pricedLine(quantity, price.times(100)) };
}

function numberIn(text: string, shape: RegExp): Big | null {
  return shape.test(text.trim()) ? new Big(text.trim()) : null;
}

/** RFC 3339, or empty where the text is no moment. */
function momentIn(text: string): string {
  const [, date, time] = TIME.exec(text.trim()) ?? [];
  if (!date || !time) return '';
  const ms = Date.parse(`${date}T${time}Z`);
  // Date.parse takes 30 February for 2 March.
  const isReal = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(`${date}T${time}`);
  return isReal ? `${date}T${time}.000000Z` : '';
}
