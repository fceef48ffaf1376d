import { untilAtRest } from '../../installation/progress.js';
import type { SteadyReport } from '../../load/steady.js';
import { watchCpu, type CpuUse } from '../../machine/cpu-watch.js';
import type { Mode } from '../../options.js';
import type { BenchOnInstallation, PartOnInstallation } from '../../part.js';
import { inShort, left, mark, right, table } from '../../report/columns.js';
import { spreadOf, type Spread } from '../../report/statistics.js';

const SECONDS = 60;
const QUICK_SECONDS = 15;

/** One run of B3. */
export interface LatencyRun extends SteadyReport {
  readonly use: CpuUse;
}

/** Percentiles, milliseconds: the median of the runs, and their spread. */
export type Percentiles = Readonly<Record<'p50' | 'p95' | 'p99', Spread>>;

/** B3 at one pace: how long an order takes at so many a second. */
export interface B3Figure {
  readonly mode: Mode;
  readonly perSecond: number;
  /** From the acknowledged intent until the reservation is there for others to read. */
  readonly reservation: Percentiles;
  /** From the acknowledged intent until a client has the reservation's event of the live timeline. */
  readonly timelineEvent: Percentiles;
  readonly runs: readonly LatencyRun[];
}

/** B3: how long an order takes at a steady pace; what is timed is a reservation. */
export const B3: PartOnInstallation<'b3', B3Figure> = {
  name: 'b3',
  title: 'B3: milliseconds from the acknowledged intent',
  suits: ({ profile }) => profile === 'order+inventory',
  measure,
  render,
};

async function measure({ installation, generator, options, say }: BenchOnInstallation): Promise<B3Figure[]> {
  const { url, wish } = installation;
  const databaseUrl = await installation.databaseUrl();
  const seconds = options.quick ? QUICK_SECONDS : SECONDS;
  const figures: B3Figure[] = [];
  for (const perSecond of options.rates) {
    const runs: LatencyRun[] = [];
    while (runs.length < options.runs) {
      const prefix = `b3-${perSecond}-${runs.length}`;
      const used = await watchCpu({ ...(await installation.processes()), generator: generator.pid });
      const report = await generator.steady({ url, databaseUrl, prefix, perSecond, seconds });
      runs.push({ ...report, use: await used() });
      const { p50, p95, p99 } = report.reservation;
      say(`b3 ${wish.mode} ${perSecond}/s: ${[p50, p95, p99].map((ms) => ms.toFixed(0)).join(' / ')} ms`);
      await untilAtRest(url);
    }
    const reservation = percentiles(runs.map((run) => run.reservation));
    const timelineEvent = percentiles(runs.map((run) => run.timelineEvent));
    figures.push({ mode: wish.mode, perSecond, reservation, timelineEvent, runs });
  }
  return figures;
}

function percentiles(runs: readonly SteadyReport['reservation'][]): Percentiles {
  const of = (name: 'p50' | 'p95' | 'p99') => spreadOf(runs.map((run) => run[name]));
  return { p50: of('p50'), p95: of('p95'), p99: of('p99') };
}

function render(figures: readonly B3Figure[]): string[] {
  const columns = [
    left('mode'),
    right('orders/s'),
    right('reservation p50'),
    right('p95'),
    right('p99'),
    right('event p50'),
    right('p95'),
    right('p99'),
    left(''),
  ];
  const rows = figures.map(({ mode, perSecond, reservation, timelineEvent, runs }) => [
    mode,
    String(perSecond),
    ...[reservation.p50, reservation.p95, reservation.p99].map(inShort),
    ...[timelineEvent.p50, timelineEvent.p95, timelineEvent.p99].map(inShort),
    notKept(runs) || mark(runs.map(({ use }) => use)),
  ]);
  return table(columns, rows);
}

/** Percentiles say little of a pace that was too much. */
function notKept(runs: readonly LatencyRun[]): string {
  const refused = runs.reduce((sum, run) => sum + run.refused, 0);
  const unfinished = runs.reduce((sum, run) => sum + run.unfinished, 0);
  return refused + unfinished === 0 ? '' : `NOT KEPT UP: ${refused} refused, ${unfinished} unfinished`;
}
