import type { BenchOnInstallation } from '../../part.js';
import { spreadOf, type Spread } from '../../report/statistics.js';
import { measureThroughput, type ThroughputRun } from '../b1/throughput.js';
import { measureLatency, type LatencyRun } from '../b3/latency.js';
import { batches, STEADY } from './loads.js';

/** A large installation against a small one: each share is of a turn, whose two runs follow each other at once. */
export interface InTurns {
  /** Orders per second in batches of 200: the large one's by the small one's. */
  readonly throughput: Spread;
  /** 99th percentile until an order is reserved at 200 a second: the large one's by the small one's. */
  readonly p99: Spread;
  readonly throughputRuns: Both<readonly ThroughputRun[]>;
  readonly latencyRuns: Both<readonly LatencyRun[]>;
}

interface Both<T> {
  readonly small: T;
  readonly large: T;
}

/**
 * One says little: two installations of the same size gave shares of throughput from 0.8 to 1.2, and where the disk stands
 * still in one of both runs the 99th percentile is the disk's.
 */
const TURNS_OF_A_RUN = 3;

/** Measures both in turns: minutes apart, a share would say as much about the machine as about the sizes. */
export async function measureInTurns(large: BenchOnInstallation, small: BenchOnInstallation): Promise<InTurns> {
  const { options, say } = large;
  const both = { small, large };
  const load = batches(options);
  const turns = options.runs * TURNS_OF_A_RUN;
  const throughputRuns = await inTurns(turns, async (which, turn) => {
    const { installation, generator } = both[which];
    return measureThroughput(installation, generator, { prefix: `b4-${which}-${turn}`, load });
  });
  const latencyRuns = await inTurns(turns, async (which, turn) => {
    const { installation, generator } = both[which];
    return measureLatency(installation, generator, { prefix: `b4-steady-${which}-${turn}`, ...STEADY });
  });
  const throughput = shares(throughputRuns, ({ ordersPerSecond }) => ordersPerSecond);
  const p99 = shares(latencyRuns, ({ reservation }) => reservation.p99);
  const told = [...throughput, ...p99].map((share) => share.toFixed(2)).join(', ');
  say(`b4 large by small, in turns: throughput and p99 ${told}`);
  return { throughput: spreadOf(throughput), p99: spreadOf(p99), throughputRuns, latencyRuns };
}

/** All runs of it, for what speaks against them. */
export function runsInTurns({ throughputRuns, latencyRuns }: InTurns): readonly (ThroughputRun | LatencyRun)[] {
  return [throughputRuns, latencyRuns].flatMap(({ small, large }) => [...small, ...large]);
}

/** Each goes first in every other turn: what the first of two runs leaves behind meets both. */
async function inTurns<Run>(
  turns: number,
  measure: (which: keyof Both<Run>, turn: number) => Promise<Run>,
): Promise<Both<Run[]>> {
  const runs: Both<Run[]> = { small: [], large: [] };
  for (let turn = 0; turn < turns; turn += 1) {
    const order = turn % 2 === 0 ? (['small', 'large'] as const) : (['large', 'small'] as const);
    for (const which of order) runs[which].push(await measure(which, turn));
  }
  return runs;
}

function shares<Run>({ small, large }: Both<readonly Run[]>, of: (run: Run) => number): number[] {
  return large.map((run, turn) => of(run) / of(small[turn]!));
}
