import { captureTable, type CapturedTable } from './captured-table.js';
import { unsupportedColumn } from './catalog/check-tables.js';
import { readCatalog } from './catalog/read-catalog.js';
import type { Catalog, ColumnDefinition } from './catalog/table-definition.js';
import type { ChangeEvent } from './change-event.js';
import type { EnvelopeSource } from './envelope/envelope-json.js';
import { machineNowUs } from './machine-clock.js';
import { quoteIdentifier } from './quote-identifier.js';
import { ReadRow, type ReadPlace } from './read-row.js';
import type { WantedTable } from './reader-options.js';
import { streamError } from './stream-error.js';
import { Oid } from './types/oid.js';

/** How a table's rows are read as `r` events. */
export interface TableRead {
  /** SQL expression that gives a row's columns as text[]; select it from the table, and hand its value to `event`. */
  readonly textsSql: string;
  /** Makes the `r` event of a row; `texts` as the server gave them, with ISO dates and hex bytea (its defaults). */
  event(texts: readonly (string | null)[], place: ReadPlace): ChangeEvent;
}

/** What reads need besides the tables: where the catalogue is, and the topic.prefix of the envelopes. */
export interface TableReadOptions {
  readonly url: string;
  readonly topicPrefix: string;
  /** Microseconds since 1970; default the machine's clock. */
  readonly nowUs?: () => number;
}

/**
 * Prepares to read rows of these tables as they would have been inserted: the same key, the same encoding, op `r`, snapshot
 * mark `true` (debezium 1.2). By `schema.table`. Rejects with `table-missing` or `unsupported-column-type`.
 */
export async function tableReads(
  wanted: readonly WantedTable[],
  options: TableReadOptions,
): Promise<ReadonlyMap<string, TableRead>> {
  const catalog = await readCatalog(options.url, wanted);
  const source = { topicPrefix: options.topicPrefix, database: catalog.database };
  const nowUs = options.nowUs ?? machineNowUs;
  return new Map(wanted.map((table) => [`${table.schema}.${table.table}`, tableRead(table, catalog, source, nowUs)]));
}

function tableRead(wanted: WantedTable, catalog: Catalog, source: EnvelopeSource, nowUs: () => number): TableRead {
  const definition = catalog.tables.get(`${wanted.schema}.${wanted.table}`);
  if (definition === undefined) {
    throw streamError('table-missing', `table ${wanted.schema}.${wanted.table} does not exist`);
  }
  const refused = unsupportedColumn(definition, catalog);
  if (refused !== undefined) throw refused;
  const captured: CapturedTable = captureTable(wanted, definition.columns, catalog);
  return {
    textsSql: `ARRAY[${definition.columns.map(textSql).join(', ')}]::text[]`,
    event: (texts, place) => new ReadRow(captured, texts, { ...place, source, readUs: nowUs() }),
  };
}

/** A cast to text would cut the padding of char(n), which the stream sends. */
function textSql({ name, typeOid }: ColumnDefinition): string {
  const column = quoteIdentifier(name);
  return typeOid === Oid.bpchar ? `textin(bpcharout(${column}))` : `${column}::text`;
}
