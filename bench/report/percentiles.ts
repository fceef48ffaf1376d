import { spreadOf, type Latency, type Spread } from './statistics.js';

/** Percentiles, milliseconds: the median of the runs, and their spread. */
export type Percentiles = Readonly<Record<'p50' | 'p95' | 'p99', Spread>>;

/** The percentiles of at least one run. */
export function percentiles(runs: readonly Latency[]): Percentiles {
  const of = (name: 'p50' | 'p95' | 'p99') => spreadOf(runs.map((run) => run[name]));
  return { p50: of('p50'), p95: of('p95'), p99: of('p99') };
}
