import type Big from 'big.js';

/** A price as an order intent has it: whole minor units, or text where there are fractions (interfaces 1). */
export type UnitPrice = { readonly unitPrice: number } | { readonly unitPriceDecimal: string };

/** What a line costs. */
export interface PricedLine {
  readonly price: UnitPrice;
  /** Quantity times price, rounded half up to minor units. */
  readonly total: number;
  /** What that rounding added, in major units. */
  readonly rounding: Big;
}

interface Valued {
  /** Quantity times price in major units, signed as the file has it. */
  readonly value: Big;
}

interface Dated extends Valued {
  /** The document that the line belongs to. */
  readonly invoice: string;
  /** RFC 3339 UTC with microseconds. */
  readonly at: string;
  /** As the file has it, case included. */
  readonly sku: string;
}

/** A line of an order. Lines of one invoice become one intent. */
export interface SaleLine extends Dated {
  readonly kind: 'sale';
  readonly customerRef: string;
  readonly description?: string;
  /** Decimal text without superfluous zeros, greater than 0. */
  readonly quantity: string;
  readonly priced: PricedLine;
  /** Kept with the intent; the first line of an invoice decides. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A line that takes back a quantity which the customer ordered earlier. */
export interface CancellationLine extends Dated {
  readonly kind: 'cancellation';
  readonly customerRef: string;
  /** What is taken back: decimal text, greater than 0. */
  readonly quantity: string;
}

/** A line that is no sale: stock was found, lost, damaged, counted. */
export interface StockLine extends Dated {
  readonly kind: 'stock';
  /** Decimal text with its sign, not 0. */
  readonly delta: string;
  readonly reason: string;
}

/** A line that the map refuses by itself. */
export interface RefusedLine extends Valued {
  readonly kind: 'refused';
  readonly reason: string;
}

/** What a map makes of one line. */
export type LineReading = SaleLine | CancellationLine | StockLine | RefusedLine;

/** The cells of a CSV line by the names of the header; undefined where the line is too short. */
export type CsvRow = Readonly<Record<string, string | undefined>>;

/** Stock for files that have none. It must depend on nothing but SKU and week, so that every split of a file agrees. */
export interface SimulatedStock {
  /** The first week with deliveries (see `weekOf`); the opening stock lies before it. */
  readonly firstWeek: number;
  /** Whole units. */
  opening(sku: string): number;
  /** Whole units that arrive at the beginning of a week, often 0. */
  delivered(sku: string, week: number): number;
}

/** How the CSV of one origin becomes orders: a short module that says the rules and nothing else. */
export interface ImportMap {
  readonly name: string;
  /** Source system of the intents, unless the caller names another. */
  readonly source: string;
  /** ISO 4217; the values of `LineReading` are in its major units. */
  readonly currency: string;
  /** Columns that the header must have, in any order. */
  readonly columns: readonly string[];
  /** Pure: one line alone, without a look at others. */
  read(row: CsvRow): LineReading;
  /** Whether stock is kept for a SKU; the others become SKUs of policy `untracked`. */
  tracked(sku: string): boolean;
  /** The product that a SKU is a variant of. */
  productOf(sku: string): string;
  readonly stock?: SimulatedStock;
}
