import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { runImport } from './run-import.js';
import { withModelServer } from './testing/import-into.js';

const SAMPLE = join(process.cwd(), 'samples/uci-online-retail/2010-12-to-2011-01.csv.gz');

describe('the sample that ships', () => {
  it('has more than 2,000 orders, cancellations and odd lines, each accepted or refused', async () => {
    await withModelServer(async (_, baseUrl) => {
      expect(await runImport({ files: [SAMPLE], map: 'uci-online-retail', baseUrl })).toEqual({
        linesRead: 24_683,
        linesAccepted: 23_867,
        linesRefused: 816,
        refusedByReason: { 'no-matching-order': 815, 'not-enough-stock': 1 },
        intents: 2_030,
        adjustments: 297,
        stockAdjustments: 269,
        value: { currency: 'GBP', file: '581740.36', accepted: '694445.96', refused: '-112705.6', rounding: '0' },
      });
    });
  });
});
