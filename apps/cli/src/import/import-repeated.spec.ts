import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ImportSummary } from './import-options.js';
import { importTexts, withModelServer } from './testing/import-into.js';
import { uciLine, uciText } from './testing/uci-text.js';

const MAP = { map: 'uci-online-retail' };
const DAYS = 42;

/** Few customers, SKUs and minutes, so that cancellations, repetitions and shortages meet. */
const invoice = fc.record({
  kind: fc.constantFrom('sale', 'sale', 'sale', 'cancel', 'stock'),
  day: fc.nat({ max: DAYS - 1 }),
  minute: fc.nat({ max: 2 }),
  customer: fc.constantFrom('1.0', '2.0', ''),
  lines: fc.array(
    fc.record({
      sku: fc.constantFrom('20001', '20131', '20187', 'POST', '84029E'),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  big: fc.boolean(),
});
type Invoice = typeof invoice extends fc.Arbitrary<infer Of> ? Of : never;

/** The lines of each day, in order of time, as a wholesaler's till would write them. */
function linesByDay(invoices: readonly Invoice[]): string[][] {
  const byDay = Array.from({ length: DAYS }, (): string[] => []);
  const inOrder = [...invoices].sort((a, b) => a.day - b.day || a.minute - b.minute);
  for (const [index, { kind, day, minute, customer, lines, big }] of inOrder.entries()) {
    const at = new Date(Date.UTC(2010, 11, 1 + day, 8, minute)).toISOString().slice(0, 19).replace('T', ' ');
    for (const { sku, quantity } of lines) {
      const line = { sku, at, customer, quantity, invoice: String(1000 + index), description: `${kind} ${sku}` };
      if (kind === 'sale') byDay[day]?.push(uciLine(line));
      else if (kind === 'cancel')
        byDay[day]?.push(uciLine({ ...line, invoice: `C${line.invoice}`, quantity: -quantity }));
      else byDay[day]?.push(uciLine({ ...line, customer: '', price: '0.0', quantity: -quantity * (big ? 100 : -1) }));
    }
  }
  return byDay;
}

interface Outcome {
  readonly state: object;
  readonly summaries: readonly ImportSummary[];
}

async function outcomeOf(imports: readonly (readonly string[])[]): Promise<Outcome> {
  return withModelServer(async (model, baseUrl) => {
    const summaries: ImportSummary[] = [];
    for (const texts of imports) summaries.push(await importTexts(baseUrl, texts, MAP));
    return { state: model.state(), summaries };
  });
}

const counted = ({ linesRead, linesAccepted, linesRefused, refusedByReason, value }: ImportSummary) => {
  return { linesRead, linesAccepted, linesRefused, refusedByReason, value };
};

/** The same runs each time, and enough of them to meet the odd cases. */
const RUNS = { numRuns: 40, seed: 20101201 };

describe('importing the same lines in other ways', () => {
  it('gives the same end state and counts whether at once or in files of some days each', async () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: DAYS - 1 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(invoice, { minLength: 1, maxLength: 30 }), cuts, async (invoices, at) => {
        const days = linesByDay(invoices);
        const bounds = [0, ...at.sort((a, b) => a - b), DAYS];
        const parts = bounds.slice(1).map((to, index) => uciText(days.slice(bounds[index], to).flat()));
        const [whole, onePerImport, oneImport] = [
          await outcomeOf([[uciText(days.flat())]]),
          await outcomeOf(parts.map((part) => [part])),
          await outcomeOf([parts]),
        ];
        expect(onePerImport.state).toEqual(whole.state);
        expect(oneImport.state).toEqual(whole.state);
        const accepted = onePerImport.summaries.reduce((sum, { linesAccepted }) => sum + linesAccepted, 0);
        expect(accepted).toBe(whole.summaries[0]?.linesAccepted);
        expect(oneImport.summaries).toEqual(whole.summaries);
      }),
      RUNS,
    );
  });

  it('changes nothing the second time, and counts the same lines and values', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(invoice, { minLength: 1, maxLength: 30 }), async (invoices) => {
        const days = linesByDay(invoices);
        const [first, second] = [days.slice(0, 20), days.slice(20)].map((some) => uciText(some.flat())) as [
          string,
          string,
        ];
        const once = await outcomeOf([[first], [second]]);
        const twice = await outcomeOf([[first], [second], [first], [second]]);
        expect(twice.state).toEqual(once.state);
        const [one, two, oneAgain, twoAgain] = twice.summaries as [
          ImportSummary,
          ImportSummary,
          ImportSummary,
          ImportSummary,
        ];
        expect(counted(oneAgain)).toEqual(counted(one));
        expect(counted(twoAgain)).toEqual(counted(two));
        for (const { intents, adjustments, stockAdjustments } of [oneAgain, twoAgain])
          expect({ intents, adjustments, stockAdjustments }).toEqual({
            intents: 0,
            adjustments: 0,
            stockAdjustments: 0,
          });
        const sameFileTwice = await outcomeOf([[first, first]]);
        expect(sameFileTwice.state).toEqual((await outcomeOf([[first]])).state);
      }),
      RUNS,
    );
  });

  it('is finished by the next import when it was cut at any request', async () => {
    const cutAfter = fc.nat({ max: 60 });
    await fc.assert(
      fc.asyncProperty(fc.array(invoice, { minLength: 1, maxLength: 30 }), cutAfter, async (invoices, requests) => {
        const text = uciText(linesByDay(invoices).flat());
        const whole = await outcomeOf([[text]]);
        await withModelServer(async (model, baseUrl) => {
          model.diesAfter = requests;
          await importTexts(baseUrl, [text], MAP).catch(() => undefined);
          model.diesAfter = Infinity;
          const finished = await importTexts(baseUrl, [text], MAP);
          expect(model.state()).toEqual(whole.state);
          expect(counted(finished)).toEqual(counted(whole.summaries[0]!));
        });
      }),
      RUNS,
    );
  });
});
