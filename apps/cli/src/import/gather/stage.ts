import type { CancellationLine, LineReading, RefusedLine, SaleLine, StockLine } from '../import-map.js';
import type { SourceLine } from '../read/source-line.js';

/** What a map made of a line, and the line. */
export interface Entry<Reading extends LineReading = LineReading> {
  readonly reading: Reading;
  readonly line: SourceLine;
}

/** The lines of an invoice that become one intent, in the order of the file. */
export interface SaleInvoice {
  readonly invoice: string;
  readonly customerRef: string;
  /** The earliest time of its lines. */
  readonly at: string;
  readonly entries: readonly Entry<SaleLine>[];
}

/** A stock line with its place among the stock lines of its invoice, from 0. */
export interface StockEntry extends Entry<StockLine> {
  readonly ordinal: number;
}

/**
 * A stretch of the file that is imported in one go: at most a week, never a part of an invoice or of a minute (unless
 * the file is far from sorted), so that what is decided does not depend on where a file is cut.
 */
export interface Stage {
  readonly week: number;
  /** SKUs of sales and stock lines, each with a name: the description of the first line that has it, else its code. */
  readonly skus: ReadonlyMap<string, string>;
  /** In the order of their first lines. */
  readonly sales: readonly SaleInvoice[];
  readonly cancellations: readonly Entry<CancellationLine>[];
  readonly stock: readonly StockEntry[];
  readonly refused: readonly Entry<RefusedLine>[];
}
