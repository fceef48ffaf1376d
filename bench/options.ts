import { parseArgs } from 'node:util';

/** How the change stream is read. */
export type Mode = 'embedded' | 'kafka';
/** Which modules do the work: those of the order alone, or inventory's reservations as well. */
export type Profile = 'order' | 'order+inventory';

const MODES: readonly Mode[] = ['embedded', 'kafka'];
const PROFILES: readonly Profile[] = ['order', 'order+inventory'];

const USAGE = `Usage: npm run bench -- [--only b1,b3] [--modes embedded,kafka] [--profiles order,order+inventory]
  [--loads single-8,batch-200] [--rates 50,200,500] [--runs 3] [--cpus 0,1] [--nodes 24,26] [--quick] [--out FILE]
What is measured, and what the figures mean: bench/README.md`;

/** What to measure, and how thoroughly. */
export interface Options {
  /** Names of parts. */
  readonly parts: readonly string[];
  readonly modes: readonly Mode[];
  /** Null: those that `profilesOf` gives. */
  readonly profiles: readonly Profile[] | null;
  /** Names of loads of B1. */
  readonly loads: readonly string[];
  /** Orders per second of B3; null: those that `ratesOf` gives. */
  readonly rates: readonly number[] | null;
  /** How often each figure is taken; the median is reported. */
  readonly runs: number;
  /** CPUs that everything runs on; null: all that there are. */
  readonly cpus: readonly number[] | null;
  /** Major versions of Node.js, beside the one that runs this, whose idling is measured. */
  readonly nodes: readonly number[];
  /** A few minutes' worth: fewer orders, shorter times. */
  readonly quick: boolean;
  /** Where the figures are written. */
  readonly out: string;
}

/** Names that can be asked for. */
export interface KnownNames {
  readonly parts: readonly string[];
  /** Parts that are measured where none is named. */
  readonly usualParts: readonly string[];
  readonly loads: readonly string[];
}

/** Reads the arguments; a wrong one ends the program with the usage, as does the question for it. */
export function readOptions(args: readonly string[], names: KnownNames): Options {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${USAGE}\nParts: ${names.parts.join(', ')}\nLoads: ${names.loads.join(', ')}\n`);
    process.exit(0);
  }
  try {
    return parse(args, names);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${USAGE}\n`);
    process.exit(2);
  }
}

/** Those that were asked for; else both, but on Kafka, where each takes a stack of its own, the one that does all the work. */
export function profilesOf({ profiles }: Options, mode: Mode): readonly Profile[] {
  return profiles ?? (mode === 'kafka' ? ['order+inventory'] : PROFILES);
}

/** Those that were asked for; else as many as a user of two cores may expect to be kept up with, which on Kafka are fewer. */
export function ratesOf({ rates, quick }: Pick<Options, 'rates' | 'quick'>, mode: Mode): readonly number[] {
  return rates ?? (quick || mode === 'kafka' ? [50, 200] : [50, 200, 500]);
}

function parse(args: readonly string[], names: KnownNames): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: text,
      modes: text,
      profiles: text,
      loads: text,
      rates: text,
      runs: text,
      cpus: text,
      nodes: text,
      quick: { type: 'boolean', default: false },
      out: text,
    },
  });
  const { quick } = values;
  return {
    parts: values.only === undefined ? names.usualParts : chosen('--only', values.only, names.parts),
    modes: chosen('--modes', values.modes, MODES),
    profiles: values.profiles === undefined ? null : chosen('--profiles', values.profiles, PROFILES),
    loads: chosen('--loads', values.loads, names.loads),
    rates: values.rates === undefined ? null : numbers('--rates', values.rates, 1),
    runs: number('--runs', values.runs ?? (quick ? '1' : '3'), 1),
    cpus: values.cpus === undefined ? null : numbers('--cpus', values.cpus, 0),
    nodes: values.nodes === undefined ? [] : numbers('--nodes', values.nodes, 20),
    quick,
    out: values.out ?? 'bench/results/latest.json',
  };
}

function list(text: string): string[] {
  return text.split(',').filter((word) => word !== '');
}

function chosen<T extends string>(option: string, text: string | undefined, known: readonly T[]): readonly T[] {
  if (text === undefined) return known;
  const words = list(text);
  const unknown = words.find((word) => !known.some((each) => each === word));
  if (unknown !== undefined || words.length === 0) throw new Error(`${option} takes some of ${known.join(', ')}`);
  return known.filter((each) => words.includes(each));
}

function numbers(option: string, text: string, least: number): number[] {
  const found = list(text).map(Number);
  if (found.length > 0 && found.every((each) => Number.isInteger(each) && each >= least)) return found;
  throw new Error(`${option} takes whole numbers from ${least} on, with commas between`);
}

function number(option: string, text: string, least: number): number {
  const [found, ...more] = numbers(option, text, least);
  if (more.length > 0) throw new Error(`${option} takes one whole number, from ${least} on`);
  return found!;
}
