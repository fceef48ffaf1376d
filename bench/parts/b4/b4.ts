import type { Bench, PartAlone } from '../../part.js';
import { inShort, left, right, table } from '../../report/columns.js';
import { mark } from '../../report/marks.js';
import { onInstallation } from '../on-installation.js';
import { warmUp, WARM_UP_ORDERS } from '../warm-up.js';
import { measureAtSize, type B4Figure } from './at-size.js';
import { fillUpTo } from './fill/fill.js';

const SIZES = [10_000, 100_000, 1_000_000];
const QUICK_SIZES = [10_000, 100_000];
const MB = 1e6;

/** B4: one installation that grows; what lies between two sizes is filled in. */
export const B4: PartAlone<'b4', B4Figure> = {
  name: 'b4',
  title: 'B4: one installation that grows',
  measureAlone,
  render,
};

async function measureAlone({ options, say }: Bench): Promise<B4Figure[]> {
  return onInstallation({ mode: 'embedded', profile: 'order+inventory' }, async (installation, generator) => {
    const figures: B4Figure[] = [];
    for (const size of options.quick ? QUICK_SIZES : SIZES) {
      say(`b4 fills up to ${size} orders`);
      await installation.withoutProgram((databaseUrl) => fillUpTo(databaseUrl, size - WARM_UP_ORDERS));
      await warmUp(installation, generator, `warm-up-${size}`);
      figures.push(await measureAtSize({ installation, generator, options, say }, size));
    }
    return figures;
  });
}

/** A column for each size: what grows is seen at a glance. */
function render(figures: readonly B4Figure[]): string[] {
  const row = (name: string, of: (figure: B4Figure) => string) => [name, ...figures.map(of)];
  const [first] = figures as [B4Figure];
  const runsOf = ({ throughputRuns, latencyRuns }: B4Figure) => [
    ...Object.values(throughputRuns).flat(),
    ...latencyRuns,
  ];
  const rows = [
    ...Object.keys(first.ordersPerSecond).map((load) =>
      row(`${load}, orders/s`, (figure) => inShort(figure.ordersPerSecond[load]!)),
    ),
    row('batch-200, statements per order', ({ perOrder }) => perOrder['batch-200']!.statements.median.toFixed(2)),
    row('batch-200, WAL kB per order', ({ perOrder }) => (perOrder['batch-200']!.walBytes.median / 1000).toFixed(1)),
    row('until reserved at 200/s, p50 ms', ({ reservation }) => inShort(reservation.p50)),
    row('until reserved at 200/s, p99 ms', ({ reservation }) => inShort(reservation.p99)),
    ...first.reads.flatMap(({ read }, nth) => [
      row(`${read}, requests/s`, ({ reads }) => inShort(reads[nth]!.requestsPerSecond)),
      row(`${read}, p99 ms`, ({ reads }) => inShort(reads[nth]!.latency.p99)),
    ]),
    row('program, most MB since its start', ({ memoryBytes }) => mb(memoryBytes.peak)),
    row('program, MB when all is done', ({ memoryBytes }) => mb(memoryBytes.now)),
    row('database, MB', ({ databaseBytes }) => mb(databaseBytes)),
    row('buffer hits while orders come, %', ({ bufferHits }) => percent(bufferHits.orders)),
    row('buffer hits while orders are read, %', ({ bufferHits }) => percent(bufferHits.reads)),
    row('', (figure) => mark(runsOf(figure))),
  ];
  return table([left('orders'), ...figures.map(({ orders }) => right(orders.toLocaleString('en')))], rows);
}

function mb(bytes: number): string {
  return (bytes / MB).toFixed(0);
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}
