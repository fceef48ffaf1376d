import { Presets, SingleBar } from 'cli-progress';
import type { ImportProgress } from '../import/import-options.js';
import { countText } from './numbers.js';
import { paint } from './paint.js';
import { say } from './say.js';

/** Shows how far an import is. */
export interface ProgressDisplay {
  readonly moved: (progress: ImportProgress) => void;
  /** Leaves the terminal as it should be; the import is complete, or was ended. */
  end(isComplete: boolean): void;
}

const STEP_PERCENT = 10;
/** What is done so soon needs no lines about how far it is. */
const SOON_DONE_MS = 1_000;
/** Reading is ahead of what is applied, so the last percent is left until the import says that it is done. */
const READ_ALL_PERCENT = 99;

/** A bar on a terminal; elsewhere a line every 10 %, so that logs stay readable. */
export function showProgress(): ProgressDisplay {
  return process.stdout.isTTY ? bar() : lines();
}

function bar(): ProgressDisplay {
  const format = `  ${paint.good('{bar}')} {percentage} %  {intents} orders  ${paint.dim('{duration_formatted}')}`;
  const drawn = new SingleBar(
    { format, stream: process.stdout, barsize: 32, fps: 10, hideCursor: true, gracefulExit: false },
    { ...Presets.shades_classic, barCompleteChar: '━', barIncompleteChar: '─' },
  );
  drawn.start(100, 0, { intents: '0' });
  return {
    moved: (progress) => drawn.update(percentOf(progress), { intents: countText(progress.intents) }),
    end: (isComplete) => {
      if (isComplete) drawn.update(100);
      drawn.stop();
    },
  };
}

function lines(): ProgressDisplay {
  const startedMs = performance.now();
  let said = 0;
  return {
    moved: (progress) => {
      if (performance.now() - startedMs < SOON_DONE_MS) return;
      const step = Math.floor(percentOf(progress) / STEP_PERCENT) * STEP_PERCENT;
      if (step <= said) return;
      said = step;
      say(`  ${step} %: ${countText(progress.linesRead)} lines read, ${countText(progress.intents)} orders`);
    },
    end: () => undefined,
  };
}

function percentOf({ bytesRead, bytesTotal }: ImportProgress): number {
  return bytesTotal === 0 ? 0 : Math.floor((READ_ALL_PERCENT * bytesRead) / bytesTotal);
}
