import { execFile } from 'node:child_process';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { allowedCpus } from '../machine/pin.js';
import type { Options } from '../options.js';
import type { Figures } from '../parts/parts.js';
import { judge, type JudgedHeadline } from './headline.js';
import { HEADLINES } from './headlines.js';

/** Everything that a run of the benchmark has found; the README says what each key means. */
export interface Results extends Figures {
  readonly takenAt: string;
  /** The commit, with `+` where the working tree differs from it; null outside a clone. */
  readonly commit: string | null;
  readonly machine: Machine;
  readonly options: Options;
  readonly headlines: readonly JudgedHeadline[];
}

/** What the figures are of. */
interface Machine {
  readonly cpu: string;
  /** Those that everything ran on. */
  readonly cpus: readonly number[];
  readonly memoryGiB: number;
  readonly linux: string;
  readonly node: string;
}

/** Where a run writes what it has found so far, beside what the figures are of. */
export class ResultsFile {
  /** What was written last; null before anything was measured. */
  last: Results | null = null;

  private constructor(
    private readonly options: Options,
    private readonly commit: string | null,
  ) {}

  /** Makes sure, before anything is measured, that the file of the options can be written; what is in it stays until then. */
  static async at(options: Options): Promise<ResultsFile> {
    try {
      await mkdir(dirname(options.out), { recursive: true });
      await (await open(options.out, 'a')).close();
    } catch (error) {
      throw new Error(`--out ${options.out} cannot be written: ${(error as Error).message}`, { cause: error });
    }
    return new ResultsFile(options, await commit());
  }

  async write(figures: Figures): Promise<void> {
    const { options, commit } = this;
    const machine = {
      cpu: cpus()[0]!.model,
      cpus: allowedCpus(),
      memoryGiB: Math.round(totalmem() / 1024 ** 3),
      linux: release(),
      node: process.versions.node,
    };
    const headlines = judge(HEADLINES, figures);
    this.last = { takenAt: new Date().toISOString(), commit, machine, options, headlines, ...figures };
    await writeFile(options.out, `${JSON.stringify(this.last, rounded, 2)}\n`);
  }
}

/** Four digits are more than any of these figures is good for. */
function rounded(_key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isInteger(value)) return value;
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
}

async function commit(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', ['describe', '--always', '--exclude=*', '--dirty=+']);
    return stdout.trim();
  } catch {
    return null;
  }
}
