import { Presets, SingleBar } from 'cli-progress';
import type { ImportProgress } from '../import/import-options.js';
import { countText } from './numbers.js';
import { paint } from './paint.js';
import { say } from './say.js';

/** Shows how far an import is. */
export interface ProgressDisplay {
  readonly moved: (progress: ImportProgress) => void;
  /** Leaves the terminal as it should be; the import ended, well or not. */
  end(): void;
}

const STEP_PERCENT = 10;

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
  drawn.start(1, 0, { intents: '0' });
  return {
    moved: ({ bytesRead, bytesTotal, intents }) => {
      drawn.setTotal(Math.max(bytesTotal, 1));
      drawn.update(bytesRead, { intents: countText(intents) });
    },
    end: () => drawn.stop(),
  };
}

function lines(): ProgressDisplay {
  let said = 0;
  return {
    moved: ({ bytesRead, bytesTotal, linesRead, intents }) => {
      const percent = bytesTotal === 0 ? 0 : Math.floor((100 * bytesRead) / bytesTotal);
      const step = percent - (percent % STEP_PERCENT);
      if (step <= said) return;
      said = step;
      say(`  ${step} %: ${countText(linesRead)} lines read, ${countText(intents)} orders`);
    },
    end: () => undefined,
  };
}
