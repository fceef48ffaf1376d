import type { RunningServer } from '../../../server/src/index.js';
import { explain } from '../exit/explain.js';
import { aborted } from '../exit/stopping.js';
import type { ImportSummary } from '../import/import-options.js';
import { runImport } from '../import/run-import.js';
import { bodyOf } from '../reach/reached.js';
import { serverAt } from '../reach/running-server.js';
import { elapsedText } from '../terminal/elapsed.js';
import { counted, countText } from '../terminal/numbers.js';
import { showProgress } from '../terminal/progress.js';
import { say } from '../terminal/say.js';
import { readDemoMark, writeDemoMark } from './demo-mark.js';
import { sampleFiles } from './sample-files.js';

/**
 * Brings the sample orders in over HTTP, where that is due: on the embedded PostgreSQL without any intent, or where an
 * earlier start was cut in the middle of it; never among orders that somebody works with, and not by a process that leaves
 * their work to others. The server runs on whatever becomes of it.
 */
export async function runDemo(server: RunningServer, signal: AbortSignal): Promise<void> {
  if (server.embeddedDataDir === null || !server.runsAll) return;
  const mark = await readDemoMark(server.database);
  if (mark === 'finished' || (mark === null && !(await isEmpty(server.url)))) return;
  try {
    await writeDemoMark(server.database, 'begun');
    say('', ...(await announcement(server.url, mark !== null)));
    await bringIn(server, signal);
  } catch (error) {
    process.stderr.write(`${explain(error).text}\nThe demo is not complete; the next start finishes it.\n`);
  }
}

async function isEmpty(url: string): Promise<boolean> {
  const { items } = await bodyOf<{ items: readonly unknown[] }>(serverAt(url), 'GET', '/order-intents?limit=1');
  return items.length === 0;
}

async function announcement(url: string, isResumed: boolean): Promise<string[]> {
  const what = isResumed
    ? 'The demo was cut; going on with it (UCI Online Retail, CC BY 4.0).'
    : 'The demo: orders of a real wholesaler come in over HTTP (UCI Online Retail, CC BY 4.0).';
  const stock = 'The data has no stock: opening stock and weekly deliveries are simulated, and some SKUs are scarce.';
  const hasStock = (await serverAt(url).ask('GET', '/inventory/remaining-stock?limit=1')).status === 200;
  return hasStock ? [what, stock] : [what];
}

async function bringIn({ url, database }: RunningServer, signal: AbortSignal): Promise<void> {
  const files = await sampleFiles();
  const startedMs = performance.now();
  const display = showProgress();
  const log = (sentence: string) => void (signal.aborted || process.stderr.write(`${sentence}\n`));
  try {
    const work = runImport({ files, map: 'uci-online-retail', baseUrl: url, progress: display.moved, log });
    const summary = await Promise.race([work, aborted(signal)]);
    display.end(summary !== undefined);
    // What is still under way ends with the program.
    if (!summary) return void work.catch(() => undefined);
    await writeDemoMark(database, 'finished');
    say(`${sentence(summary)}, in ${elapsedText(performance.now() - startedMs)}.`);
  } catch (error) {
    display.end(false);
    throw error;
  }
}

function sentence({ intents, adjustments, linesRead, linesRefused, refusedByReason }: ImportSummary): string {
  const added = `Done: ${counted(intents, 'order')} and ${counted(adjustments, 'later change')}`;
  if (linesRefused === 0) return added;
  const [most] = Object.entries(refusedByReason).sort(([, a], [, b]) => b - a);
  return `${added} (${countText(linesRefused)} of ${counted(linesRead, 'line')} refused, most as ${most?.[0]})`;
}
