/** How far an import is; counts only grow. */
export interface ImportProgress {
  /** Bytes of the files as they lie on disk (compressed, where they are). */
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly linesRead: number;
  /** Intents that are new to the server so far. */
  readonly intents: number;
}

/** What an import is given. */
export interface ImportOptions {
  /** NDJSON of orderIntent, or with a map CSV; either may be gzipped. Read in this order. */
  readonly files: readonly string[];
  /** Name of a built-in map, or path of a module whose default export is an ImportMap. */
  readonly map?: string | undefined;
  /** Source system of the intents; a map has its own default, NDJSON lines say theirs. */
  readonly source?: string | undefined;
  /** Where refused lines are written, as NDJSON. An existing file is overwritten. */
  readonly rejectsFile?: string | undefined;
  /** Where the running server listens, e.g. `http://127.0.0.1:3000`. */
  readonly baseUrl: string;
  /** Called often (up to once a line); drawing less often is the caller's choice. */
  readonly progress?: ((progress: ImportProgress) => void) | undefined;
  /** One sentence for people: waiting for the server, retrying. */
  readonly log?: ((sentence: string) => void) | undefined;
}

/** Exact decimals as text, in major units of the currency (interfaces 7). */
export interface ImportValue {
  readonly currency: string;
  /** Of all lines read: always `accepted` + `refused`, to the last digit. */
  readonly file: string;
  readonly accepted: string;
  readonly refused: string;
  /** What rounding line totals to minor units added to the accepted lines; not part of the three above. */
  readonly rounding: string;
}

/** What an import did (interfaces 7). A line counts once, as accepted or refused. */
export interface ImportSummary {
  readonly linesRead: number;
  readonly linesAccepted: number;
  readonly linesRefused: number;
  /** Problem slugs of interfaces 4, or the map's own reasons. */
  readonly refusedByReason: Readonly<Record<string, number>>;
  /** Intents, adjustments of orders and of stock that this run added; what was there already is not counted. */
  readonly intents: number;
  readonly adjustments: number;
  readonly stockAdjustments: number;
  readonly value: ImportValue;
  /** Only where the lines have several currencies: one value for each; `value` is the first of them. */
  readonly values?: readonly ImportValue[];
}
