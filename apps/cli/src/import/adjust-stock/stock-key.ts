import type { StockEntry } from '../gather/stage.js';

/**
 * The idempotency key of a stock line. Keys sort as the lines happened, by time, invoice and place in it, so that a key
 * alone tells whether a line came before another.
 */
export function keyOfStockLine(source: string, { reading, ordinal }: StockEntry): string {
  return `${stockKeyPrefix(source)}${reading.at}:${reading.invoice}:${String(ordinal).padStart(4, '0')}`;
}

/** What all keys of a source begin with. */
export function stockKeyPrefix(source: string): string {
  return `${source}:stock:`;
}
