import { countOrders } from '../../installation/count-orders.js';
import { ratesOf, type Mode } from '../../options.js';
import type { BenchOnInstallation, PartOnInstallation } from '../../part.js';
import { inShort, left, right, table } from '../../report/columns.js';
import { mark } from '../../report/marks.js';
import { percentiles, type Percentiles } from '../../report/percentiles.js';
import { measureLatency, type LatencyRun } from './latency.js';

const SECONDS = 60;
const QUICK_SECONDS = 15;

/** B3 at one pace: how long an order takes at so many a second. */
export interface B3Figure {
  readonly mode: Mode;
  readonly perSecond: number;
  /** That lay there before the first run, B1's among them. */
  readonly orders: number;
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
  const { mode } = installation.wish;
  const seconds = options.quick ? QUICK_SECONDS : SECONDS;
  const figures: B3Figure[] = [];
  for (const perSecond of ratesOf(options, mode)) {
    const orders = await countOrders(installation);
    const runs: LatencyRun[] = [];
    while (runs.length < options.runs) {
      const prefix = `b3-${perSecond}-${runs.length}`;
      const run = await measureLatency(installation, generator, { prefix, perSecond, seconds });
      runs.push(run);
      const { p50, p95, p99 } = run.reservation;
      say(`b3 ${mode} ${perSecond}/s: ${[p50, p95, p99].map((ms) => ms.toFixed(0)).join(' / ')} ms`);
    }
    const reservation = percentiles(runs.map((run) => run.reservation));
    const timelineEvent = percentiles(runs.map((run) => run.timelineEvent));
    figures.push({ mode, perSecond, orders, reservation, timelineEvent, runs });
  }
  return figures;
}

function render(figures: readonly B3Figure[]): string[] {
  const columns = [
    left('mode'),
    right('orders/s'),
    right('of orders'),
    right('reservation p50'),
    right('p95'),
    right('p99'),
    right('event p50'),
    right('p95'),
    right('p99'),
    left(''),
  ];
  const rows = figures.map(({ mode, perSecond, orders, reservation, timelineEvent, runs }) => [
    mode,
    String(perSecond),
    String(orders),
    ...[reservation.p50, reservation.p95, reservation.p99].map(inShort),
    ...[timelineEvent.p50, timelineEvent.p95, timelineEvent.p99].map(inShort),
    mark(runs),
  ]);
  return table(columns, rows);
}
