import { EXIT } from '../exit/exit-code.js';
import { aborted, whenToldToStop } from '../exit/stopping.js';
import type { ImportSummary } from '../import/import-options.js';
import { checkImport, runImport } from '../import/run-import.js';
import { showProgress, type ProgressDisplay } from '../terminal/progress.js';
import { say, sayJson } from '../terminal/say.js';
import { withServer } from './with-server.js';
import type { ImportCommandOptions } from './import.command.js';
import { summaryLines } from './summary.js';

const SILENT: ProgressDisplay = { moved: () => undefined, end: () => undefined };

/** Imports into the running server of the data folder, or into one that runs for so long (interfaces 7). */
export async function importFiles(files: readonly string[], options: ImportCommandOptions): Promise<void> {
  const { source, map, rejects, json = false } = options;
  await checkImport({ files, map });
  const toldToStop = whenToldToStop();
  const tell = json ? () => undefined : say;
  await withServer({ signal: toldToStop, tell }, async (baseUrl, signal) => {
    const startedMs = performance.now();
    const display = json ? SILENT : showProgress();
    const log = (sentence: string) => tell(sentence);
    const work = runImport({ files, source, map, rejectsFile: rejects, baseUrl, progress: display.moved, log });
    const summary = await Promise.race([work, interrupted(signal)]).catch((error: unknown) => {
      display.end(false);
      throw error;
    });
    display.end(true);
    report(summary, json, performance.now() - startedMs);
  });
}

function report(summary: ImportSummary, json: boolean, tookMs: number): void {
  if (json) sayJson(summary);
  else say(...summaryLines(summary, tookMs));
  process.exitCode = summary.linesRefused > 0 ? EXIT.refusedLines : EXIT.done;
}

async function interrupted(signal: AbortSignal): Promise<never> {
  await aborted(signal);
  throw signal.reason;
}
