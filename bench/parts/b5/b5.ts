import { countOrders } from '../../installation/count-orders.js';
import type { Mode, Profile } from '../../options.js';
import type { PartOnInstallation } from '../../part.js';
import { byProcess, inShort, left, right, table } from '../../report/columns.js';
import { mark } from '../../report/marks.js';
import { measureReads, type ReadsFigure } from './measure-reads.js';

const SECONDS = 10;
const QUICK_SECONDS = 3;

/** B5: how fast one kind of read is. */
export interface B5Figure extends ReadsFigure {
  readonly mode: Mode;
  readonly profile: Profile;
  /** That lay there before the first read, B1's and B3's among them. */
  readonly orders: number;
}

/** B5: reads by 32 clients at a time, of orders taken by chance; a mode writes no other rows, so one is enough. */
export const B5: PartOnInstallation<'b5', B5Figure> = {
  name: 'b5',
  title: 'B5: reads, 32 at a time; milliseconds until all that is wanted is there',
  suits: ({ mode, profile }) => mode === 'embedded' && profile === 'order+inventory',
  measure: async ({ installation, generator, options, say }) => {
    const seconds = options.quick ? QUICK_SECONDS : SECONDS;
    const orders = await countOrders(installation);
    const figures = await measureReads(installation, generator, {
      runs: options.runs,
      seconds,
      say: (line) => say(`b5 ${line}`),
    });
    const { mode, profile } = installation.wish;
    return figures.map((figure) => ({ mode, profile, orders, ...figure }));
  },
  render,
};

function render(figures: readonly B5Figure[]): string[] {
  const columns = [
    left('read'),
    right('of orders'),
    right('requests/s'),
    right('p50'),
    right('p95'),
    right('p99'),
    left('CPU ms/request'),
    left(''),
  ];
  const rows = figures.map(({ read, orders, requestsPerSecond, latency: { p50, p95, p99 }, cpuMsPerRequest, runs }) => [
    read,
    String(orders),
    ...[requestsPerSecond, p50, p95, p99].map(inShort),
    byProcess(cpuMsPerRequest),
    mark(runs),
  ]);
  return table(columns, rows);
}
