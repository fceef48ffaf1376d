import Big from 'big.js';
import type { Entry } from './gather/stage.js';
import type { ImportMap, LineReading } from './import-map.js';
import type { ImportRun } from './import-run.js';
import { csvRows } from './read/csv-rows.js';

const UNREADABLE: LineReading = { kind: 'refused', reason: 'unreadable-line', value: new Big(0) };

/** The lines of a file as the map reads them, counted as read. A line that is no CSV is refused. */
export async function* readEntries(run: ImportRun, map: ImportMap, file: string): AsyncGenerator<readonly Entry[]> {
  for await (const rows of csvRows(file, map.columns, run.onBytes)) {
    const entries = rows.map(({ line, row }) => ({ line, reading: row ? map.read(row) : UNREADABLE }));
    for (const { reading } of entries) run.tally.read(reading.value);
    yield entries;
  }
}
