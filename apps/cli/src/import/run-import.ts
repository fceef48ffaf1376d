import { ImportFailure } from './import-failure.js';
import type { ImportOptions, ImportSummary } from './import-options.js';
import { beginRun } from './import-run.js';
import { importWithMap } from './import-with-map.js';
import { loadMap } from './load-map.js';
import { PassOnIntents } from './pass-on-intents/pass-on-intents.js';
import { totalBytes } from './read/plain-bytes.js';
import { RejectsFile } from './rejects-file.js';
import { Tally } from './tally.js';

/**
 * Imports files into a running server over HTTP, and comes back when the last reservation is made. Lines that are
 * refused are counted, not thrown; whatever ends an import is an ImportFailure, and the next import goes on from there.
 */
export async function runImport(options: ImportOptions): Promise<ImportSummary> {
  const { map, bytesTotal } = await checkImport(options);
  const rejects = options.rejectsFile === undefined ? undefined : await RejectsFile.open(options.rejectsFile);
  const tally = new Tally(map?.currency, rejects);
  const run = beginRun(options, bytesTotal, tally);
  try {
    if (map) await importWithMap(run, map, options.source ?? map.source);
    else await new PassOnIntents(run, options.source).apply();
  } finally {
    await rejects?.close();
  }
  return tally.summary();
}

/** What can be told before there is a server: that the files are there, and the map. Throws as `runImport` does. */
export async function checkImport(options: Pick<ImportOptions, 'files' | 'map'>) {
  checkFiles(options);
  const map = options.map === undefined ? undefined : await loadMap(options.map);
  return { map, bytesTotal: await totalBytes(options.files) };
}

function checkFiles({ files, map }: Pick<ImportOptions, 'files' | 'map'>): void {
  if (files.length === 0) throw new ImportFailure('wrong-usage', 'name at least one file to import');
  const csv = files.find((file) => /\.csv(\.gz)?$/i.test(file));
  if (csv !== undefined && map === undefined)
    throw new ImportFailure('wrong-usage', `${csv} is CSV: say with --map what its columns mean`);
}
