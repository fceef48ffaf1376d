import type { InstallationWish } from '../../installation/installation.js';
import type { Bench, BenchOnInstallation, PartAlone } from '../../part.js';
import { inShort, left, right, table } from '../../report/columns.js';
import { marksOf, type MarkedRun } from '../../report/marks.js';
import type { Spread } from '../../report/statistics.js';
import { onInstallation } from '../on-installation.js';
import { warmUp, WARM_UP_ORDERS } from '../warm-up.js';
import { measureAtSize, type AtSize } from './at-size.js';
import { fillUpTo } from './fill/fill.js';
import { measureInTurns, runsInTurns, type InTurns } from './in-turns.js';

const SMALLEST = 10_000;
const QUICK_SIZES = [SMALLEST, 100_000];
const SIZES = [...QUICK_SIZES, 1_000_000];
const MB = 1e6;

/** B4 at one size. */
export interface B4Figure extends AtSize {
  /** Against an installation of the smallest size; null but at the largest. */
  readonly againstSmallest: InTurns | null;
}

/** B4: one installation that grows; what lies between two sizes is filled in. */
export const B4: PartAlone<'b4', B4Figure> = {
  name: 'b4',
  title: 'B4: one installation that grows',
  measureAlone,
  render,
};

const WISH: InstallationWish = { mode: 'embedded', profile: 'order+inventory' };

async function measureAlone(bench: Bench): Promise<B4Figure[]> {
  return onInstallation(WISH, async (installation, generator) => {
    const on = { ...bench, installation, generator };
    const figures: B4Figure[] = [];
    const sizes = bench.options.quick ? QUICK_SIZES : SIZES;
    for (const size of sizes) {
      await growTo(on, size);
      const atSize = await measureAtSize(on, size);
      const againstSmallest = size === sizes.at(-1) ? await measureAgainstSmallest(on) : null;
      figures.push({ ...atSize, againstSmallest });
    }
    return figures;
  });
}

/** Fills it in, and starts its program anew. */
async function growTo({ installation, generator, say }: BenchOnInstallation, size: number): Promise<void> {
  say(`b4 fills up to ${size} orders`);
  await installation.withoutProgram((databaseUrl) => fillUpTo(databaseUrl, size - WARM_UP_ORDERS));
  await warmUp(installation, generator, `warm-up-${size}`);
}

/** The small one is new: the large one was small itself, but at another time. */
async function measureAgainstSmallest(large: BenchOnInstallation): Promise<InTurns> {
  return onInstallation(WISH, async (installation, generator) => {
    const small = { ...large, installation, generator };
    await growTo(small, SMALLEST);
    return measureInTurns(large, small);
  });
}

/** A column for each size: what grows is seen at a glance. Below it what speaks against its runs. */
function render(figures: readonly B4Figure[]): string[] {
  const row = (name: string, of: (figure: B4Figure) => string) => [name, ...figures.map(of)];
  const [first] = figures as [B4Figure];
  const share = (of: (turns: InTurns) => Spread) => (figure: B4Figure) =>
    figure.againstSmallest === null ? '' : percent(of(figure.againstSmallest).median);
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
    row(
      'batch-200, % of the smallest in turns',
      share(({ throughput }) => throughput),
    ),
    row(
      'until reserved, p99, % of that',
      share(({ p99 }) => p99),
    ),
    row('program, most MB since its start', ({ memoryBytes }) => mb(memoryBytes.peak)),
    row('program, MB when all is done', ({ memoryBytes }) => mb(memoryBytes.now)),
    row('database, MB', ({ databaseBytes }) => mb(databaseBytes)),
    row('buffer hits while orders come, %', ({ bufferHits }) => percent(bufferHits.orders)),
    row('buffer hits while orders are read, %', ({ bufferHits }) => percent(bufferHits.reads)),
  ];
  const size = ({ orders }: B4Figure) => orders.toLocaleString('en');
  const marks = figures.flatMap((figure) => marksOf(runsOf(figure)).map((mark) => `${size(figure)}: ${mark}`));
  return [...table([left('orders'), ...figures.map((figure) => right(size(figure)))], rows), ...marks];
}

function runsOf({ throughputRuns, latencyRuns, againstSmallest }: B4Figure): readonly MarkedRun[] {
  const inTurns = againstSmallest ? runsInTurns(againstSmallest) : [];
  return [...Object.values(throughputRuns).flat(), ...latencyRuns, ...inTurns];
}

function mb(bytes: number): string {
  return (bytes / MB).toFixed(0);
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}
