import type { ImportSummary, ImportValue } from '../import/import-options.js';
import { elapsedText } from '../terminal/elapsed.js';
import { counted, countText } from '../terminal/numbers.js';
import { table } from '../terminal/table.js';

/** What an import did, for people; the last line is the summary (interfaces 7). */
export function summaryLines(summary: ImportSummary, tookMs: number): string[] {
  const { linesRead, linesAccepted, linesRefused, value, values = [value] } = summary;
  return [
    ...reasons(summary),
    ...values.flatMap(valueLines),
    `${added(summary)} in ${elapsedText(tookMs)}; ${counted(linesRead, 'line')} read: ` +
      `${countText(linesAccepted)} accepted, ${countText(linesRefused)} refused`,
  ];
}

function reasons({ refusedByReason }: ImportSummary): string[] {
  const rows = Object.entries(refusedByReason).sort(([, a], [, b]) => b - a);
  if (rows.length === 0) return [];
  const cells = rows.map(([reason, lines]) => [`  ${reason}`, countText(lines)]);
  return table([{ title: 'Refused' }, { title: 'lines', align: 'right' }], cells);
}

/** The equation to the last digit: what the file has is what was accepted and what was refused. */
function valueLines({ currency, file, accepted, refused, rounding }: ImportValue): string[] {
  if (/^0(\.0*)?$/.test(file) && /^0(\.0*)?$/.test(refused)) return [];
  const rounded = /^-?0(\.0*)?$/.test(rounding) ? '' : `; rounding of line totals: ${rounding}`;
  return [`Value in ${currency}: ${file} = ${accepted} accepted + ${refused} refused${rounded}`];
}

function added({ intents, adjustments, stockAdjustments }: ImportSummary): string {
  if (intents + adjustments + stockAdjustments === 0) return 'Nothing new';
  const stock = counted(stockAdjustments, 'stock adjustment');
  return `${counted(intents, 'intent')}, ${counted(adjustments, 'adjustment')}, ${stock}`;
}
