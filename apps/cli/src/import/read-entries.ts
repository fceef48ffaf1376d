import Big from 'big.js';
import type { Entry } from './gather/stage.js';
import type { ImportMap } from './import-map.js';
import type { ImportRun } from './import-run.js';
import { csvRows } from './read/csv-rows.js';

const NOTHING = new Big(0);

/** The lines of a file as the map reads them, counted as read. A line that is no CSV is refused. */
export async function* readEntries(run: ImportRun, map: ImportMap, file: string): AsyncGenerator<Entry> {
  for await (const { line, row } of csvRows(file, map.columns, run.onBytes)) {
    const reading = row ? map.read(row) : ({ kind: 'refused', reason: 'unreadable-line', value: NOTHING } as const);
    run.tally.read(reading.value);
    yield { reading, line };
  }
}
