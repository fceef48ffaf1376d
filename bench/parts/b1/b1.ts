import type { Mode, Profile } from '../../options.js';
import type { BenchOnInstallation, PartOnInstallation } from '../../part.js';
import { byProcess, inShort, left, right, table } from '../../report/columns.js';
import { mark } from '../../report/marks.js';
import { spreadOf, type Spread } from '../../report/statistics.js';
import { forThisLength, LOADS } from './loads.js';
import { measureThroughput, type ThroughputRun } from './throughput.js';
import { workPerOrder, type WorkPerOrder } from './work-per-order.js';

/** B1 for one load: how many orders a second come through the product. */
export interface B1Figure {
  readonly mode: Mode;
  readonly profile: Profile;
  readonly load: string;
  readonly ordersPerSecond: Spread;
  /** CPU milliseconds of each process for one order; the median of the runs. */
  readonly cpuMsPerOrder: Readonly<Record<string, number>>;
  readonly perOrder: WorkPerOrder;
  readonly runs: readonly ThroughputRun[];
}

/** B1: how many orders a second come through the product. */
export const B1: PartOnInstallation<'b1', B1Figure> = {
  name: 'b1',
  title:
    'B1: orders per second, median (least - most); of each: statements, commits, WAL, buffer hits, CPU milliseconds',
  suits: () => true,
  measure,
  render,
};

async function measure({ installation, generator, options, say }: BenchOnInstallation): Promise<B1Figure[]> {
  const { mode, profile } = installation.wish;
  const wanted = LOADS.filter(({ name }) => options.loads.includes(name));
  const figures: B1Figure[] = [];
  for (const load of wanted.map((each) => forThisLength(each, options))) {
    const runs: ThroughputRun[] = [];
    while (runs.length < options.runs) {
      const prefix = `b1-${load.name}-${runs.length}`;
      const run = await measureThroughput(installation, generator, { prefix, load });
      say(`b1 ${mode} ${profile} ${load.name}: ${run.ordersPerSecond.toFixed(0)} orders/s`);
      runs.push(run);
    }
    const ordersPerSecond = spreadOf(runs.map((run) => run.ordersPerSecond));
    const [cpuMsPerOrder, perOrder] = [cpuPerOrder(runs), workPerOrder(runs)];
    figures.push({ mode, profile, load: load.name, ordersPerSecond, cpuMsPerOrder, perOrder, runs });
  }
  return figures;
}

function cpuPerOrder(runs: readonly ThroughputRun[]): Record<string, number> {
  const names = Object.keys(runs[0]!.use.cpuSeconds);
  const of = (name: string) => runs.map(({ use, orders }) => (use.cpuSeconds[name]! / orders) * 1000);
  return Object.fromEntries(names.map((name) => [name, spreadOf(of(name)).median]));
}

function render(figures: readonly B1Figure[]): string[] {
  const columns = [
    left('mode'),
    left('profile'),
    left('load'),
    right('orders/s'),
    right('runs'),
    right('SQL'),
    right('commits'),
    right('WAL kB'),
    right('hits'),
    left('CPU ms/order'),
    left(''),
  ];
  return table(columns, figures.map(rowOf));
}

function rowOf({ mode, profile, load, ordersPerSecond, perOrder, cpuMsPerOrder, runs }: B1Figure): string[] {
  const { median, min, max } = ordersPerSecond;
  return [
    mode,
    profile,
    load,
    median.toFixed(0),
    `${min.toFixed(0)} - ${max.toFixed(0)}`,
    perOrder.statements.median.toFixed(2),
    perOrder.commits.median.toFixed(2),
    (perOrder.walBytes.median / 1000).toFixed(1),
    inShort(perOrder.bufferHits),
    byProcess(cpuMsPerOrder),
    mark(runs),
  ];
}
