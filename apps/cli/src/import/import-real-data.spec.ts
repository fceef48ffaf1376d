import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportSummary } from './import-options.js';
import { runImport } from './run-import.js';
import { withModelServer } from './testing/import-into.js';

const FOLDER = join(process.cwd(), '../shared/data/orders/uci-online-retail');
const isHere = existsSync(FOLDER);
if (!isHere) console.warn(`SKIPPED: the import of the whole of UCI Online Retail, because ${FOLDER} is not here`);

/** Imports the files one after the other, each in an import of its own. */
async function importEach(files: readonly (readonly string[])[], baseUrl: string): Promise<ImportSummary[]> {
  const summaries: ImportSummary[] = [];
  for (const some of files) summaries.push(await runImport({ files: some, baseUrl, map: 'uci-online-retail' }));
  return summaries;
}

const sum = (summaries: readonly ImportSummary[], what: (summary: ImportSummary) => number) =>
  summaries.reduce((total, summary) => total + what(summary), 0);

(isHere ? describe : describe.skip)('the import of the whole of UCI Online Retail', () => {
  it('counts each of 320,705 lines once, to the last digit, and month by month equals all at once', async () => {
    const files = readdirSync(FOLDER)
      .sort()
      .map((file) => join(FOLDER, file));
    const whole = await withModelServer(async (model, baseUrl) => {
      const [summary, again] = await importEach([files, files], baseUrl);
      expect(again).toEqual({ ...summary, intents: 0, adjustments: 0, stockAdjustments: 0 });
      return { summary, state: model.state() };
    });
    expect(whole.summary).toEqual({
      linesRead: 320_705,
      linesAccepted: 319_322,
      linesRefused: 1_383,
      refusedByReason: { 'bookkeeping-invoice': 3, 'no-matching-order': 1_378, 'not-enough-stock': 2 },
      intents: 12_496,
      adjustments: 2_340,
      stockAdjustments: 1_774,
      value: {
        currency: 'GBP',
        file: '5761931.382',
        accepted: '6085981.492',
        refused: '-324050.11',
        rounding: '-0.002',
      },
    });
    await withModelServer(async (model, baseUrl) => {
      const months = await importEach(
        files.map((file) => [file]),
        baseUrl,
      );
      expect(sum(months, ({ linesAccepted }) => linesAccepted)).toBe(319_322);
      expect(sum(months, ({ intents }) => intents)).toBe(12_496);
      expect(sum(months, ({ adjustments }) => adjustments)).toBe(2_340);
      expect(JSON.stringify(model.state()) === JSON.stringify(whole.state)).toBe(true);
    });
  }, 300_000);
});
