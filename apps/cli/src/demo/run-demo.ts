import type { RunningServer } from '../../../server/src/index.js';
import { explain } from '../exit/explain.js';
import { aborted } from '../exit/stopping.js';
import type { ImportSummary } from '../import/import-options.js';
import { runImport } from '../import/run-import.js';
import { bodyOf } from '../reach/reached.js';
import { serverAt } from '../reach/running-server.js';
import { elapsedText } from '../terminal/elapsed.js';
import { counted } from '../terminal/numbers.js';
import { showProgress } from '../terminal/progress.js';
import { say } from '../terminal/say.js';
import { readDemoMark, writeDemoMark } from './demo-mark.js';
import { sampleFiles } from './sample-files.js';

/**
 * Brings the sample orders in over HTTP, where that is due: on the embedded PostgreSQL without any intent, or where an
 * earlier start was cut in the middle of it (issue 3, point 9). The server runs on whatever becomes of it.
 */
export async function runDemo(server: RunningServer, signal: AbortSignal): Promise<void> {
  if (server.embeddedDataDir === null || !(await isDue(server))) return;
  try {
    await bringIn(server, signal);
  } catch (error) {
    process.stderr.write(`${explain(error).text}\nThe demo is not complete; the next start finishes it.\n`);
  }
}

async function isDue({ database, url }: RunningServer): Promise<boolean> {
  const mark = await readDemoMark(database);
  if (mark !== null) return mark === 'begun';
  const { items } = await bodyOf<{ items: readonly unknown[] }>(serverAt(url), 'GET', '/order-intents?limit=1');
  if (items.length > 0) return false;
  await writeDemoMark(database, 'begun');
  return true;
}

async function bringIn({ url, database }: RunningServer, signal: AbortSignal): Promise<void> {
  const files = await sampleFiles();
  say(
    '',
    'The demo: orders of a real wholesaler come in over HTTP (UCI Online Retail, CC BY 4.0).',
    'The data has no stock: opening stock and weekly deliveries are simulated, and some SKUs are scarce.',
  );
  const startedMs = performance.now();
  const display = showProgress();
  try {
    const work = runImport({ files, map: 'uci-online-retail', baseUrl: url, progress: display.moved, log: sayBelow });
    const summary = await Promise.race([work, aborted(signal)]);
    display.end();
    // What is still under way ends with the program.
    if (!summary) return void work.catch(() => undefined);
    await writeDemoMark(database, 'finished');
    say(`${sentence(summary)}, in ${elapsedText(performance.now() - startedMs)}.`);
  } catch (error) {
    display.end();
    throw error;
  }
}

function sayBelow(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function sentence({ intents, adjustments, linesRead, linesRefused }: ImportSummary): string {
  const added = `${counted(intents, 'order')} and ${counted(adjustments, 'later change')} of them`;
  const refused =
    linesRefused === 0 ? '' : ` (${counted(linesRefused, 'line')} of ${counted(linesRead, 'line')} refused)`;
  return `Done: ${added}${refused}`;
}
