import type { B1Figure } from '../parts/b1/b1.js';
import type { WorkPerOrder } from '../parts/b1/work-per-order.js';
import type { B2Figure } from '../parts/b2/figure.js';
import type { B4Figure } from '../parts/b4/at-size.js';
import { isBoard } from '../parts/b5/reads.js';
import type { IdleFigure } from '../parts/idle/idle.js';
import type { Figures } from '../parts/parts.js';
import type { Mode } from '../options.js';
import { atLeast, atMost, under, type Headline } from './headline.js';
import type { Percentiles } from './percentiles.js';
import { spreadOf, type Spread } from './statistics.js';

/** What the product is judged by, in the order in which it is printed. */
export const HEADLINES: readonly Headline[] = [
  { figure: 'batches of 200', target: atLeast(1_000, 'orders/s'), of: throughput('embedded', 'batch-200') },
  { figure: 'batches of 1,000', target: atLeast(1_000, 'orders/s'), of: throughput('embedded', 'batch-1000') },
  { figure: 'batches of 200 / B2 on one connection', target: atLeast(0.25, ''), of: shareOf('bulk', 1) },
  { figure: 'batches of 200 / B2t', target: atLeast(0.6, ''), of: shareOf('dependent', 3) },
  {
    figure: 'single requests, 32 at a time',
    target: atLeast(600, 'orders/s'),
    of: throughput('embedded', 'single-32'),
  },
  { figure: 'single requests, 8 at a time', target: atLeast(400, 'orders/s'), of: throughput('embedded', 'single-8') },
  { figure: 'SQL statements per order in batches', target: under(3, ''), of: perOrder(({ statements }) => statements) },
  { figure: 'WAL per order in batches', target: under(12_000, 'bytes'), of: perOrder(({ walBytes }) => walBytes) },
  { figure: 'until reserved at 200/s, p50', target: atMost(30, 'ms'), of: latency('embedded', 200, 'p50') },
  { figure: 'until reserved at 200/s, p99', target: atMost(100, 'ms'), of: latency('embedded', 200, 'p99') },
  { figure: 'until reserved at 500/s, p99', target: atMost(300, 'ms'), of: latency('embedded', 500, 'p99') },
  {
    figure: 'batches of 200 at 1,000,000 orders, of those at 10,000',
    target: atLeast(90, '%'),
    of: grown(({ ordersPerSecond }) => ordersPerSecond['batch-200']),
  },
  {
    figure: 'until reserved, p99, at 1,000,000 orders, of that at 10,000',
    target: atMost(150, '%'),
    of: grown(({ reservation }) => reservation.p99),
  },
  { figure: 'memory of the program through all of B4', target: under(400, 'MiB'), of: memory },
  { figure: 'order with its timeline, 32 at a time', target: atLeast(2_000, 'requests/s'), of: orderWithTimeline },
  { figure: 'slowest board at 1,000,000 orders, p99', target: atMost(50, 'ms'), of: slowestBoard },
  {
    figure: 'one SKU in every order, four lanes, of the best when spread',
    target: atLeast(60, '%'),
    of: oneSkuShare(4),
  },
  { figure: 'Kafka, batches of 200', target: atLeast(300, 'orders/s'), of: throughput('kafka', 'batch-200') },
  { figure: 'Kafka, until reserved at 50/s, p99', target: atMost(500, 'ms'), of: latency('kafka', 50, 'p99') },
  { figure: 'idle, commits in a minute', target: under(10, ''), of: idle('commits') },
  { figure: 'idle, WAL in a minute', target: under(100_000, 'bytes'), of: idle('walBytes') },
];

function ofLoad(mode: Mode, load: string, of: (figure: B1Figure) => Spread | undefined): Headline['of'] {
  return ({ b1 }: Figures) => {
    const found = b1.find((each) => each.mode === mode && each.profile === 'order+inventory' && each.load === load);
    return found && of(found);
  };
}

function throughput(mode: Mode, load: string): Headline['of'] {
  return ofLoad(mode, load, ({ ordersPerSecond }) => ordersPerSecond);
}

/** Of batches of 200. */
function perOrder(of: (work: WorkPerOrder) => Spread): Headline['of'] {
  return ofLoad('embedded', 'batch-200', (figure) => of(figure.perOrder));
}

/** Of the fastest way to write so. */
function shareOf(writer: B2Figure['writer'], connections: number): Headline['of'] {
  return ({ b2 }: Figures) => {
    const ways = b2.filter((each) => each.writer === writer && each.connections === connections);
    const [fastest] = ways.sort((a, b) => b.ordersPerSecond.median - a.ordersPerSecond.median);
    return fastest?.productShare ?? undefined;
  };
}

function latency(mode: Mode, perSecond: number, percentile: keyof Percentiles): Headline['of'] {
  return ({ b3 }: Figures) =>
    b3.find((each) => each.mode === mode && each.perSecond === perSecond)?.reservation[percentile];
}

/** At the largest size, in percent of the smallest; undefined unless both were measured. */
function grown(of: (figure: B4Figure) => Spread | undefined): Headline['of'] {
  return ({ b4 }: Figures) => {
    const [small, large] = [10_000, 1_000_000].map((orders) => b4.find((each) => each.orders === orders));
    const [before, after] = [small && of(small), large && of(large)];
    const percent = (value: number) => (value / before!.median) * 100;
    return before && after && { median: percent(after.median), min: percent(after.min), max: percent(after.max) };
  };
}

function memory({ b4 }: Figures): Spread | undefined {
  const peaks = b4.map(({ memoryBytes }) => memoryBytes.peak / 1024 ** 2);
  const most = Math.max(...peaks);
  return b4.length === 0 ? undefined : { median: most, min: Math.min(...peaks), max: most };
}

function orderWithTimeline({ b5 }: Figures): Spread | undefined {
  return b5.find(({ read }) => read === 'order with its timeline')?.requestsPerSecond;
}

function slowestBoard({ b4 }: Figures): Spread | undefined {
  const boards = b4.find(({ orders }) => orders === 1_000_000)?.reads.filter(({ read }) => isBoard(read)) ?? [];
  return boards.map(({ latency }) => latency.p99).sort((a, b) => b.median - a.median)[0];
}

/** Of the best figure there is for orders that are spread over all SKUs, however many lanes it was taken with. */
function oneSkuShare(lanes: number): Headline['of'] {
  return ({ b7 }: Figures) => {
    const found = b7.find((each) => each.lanes === lanes)?.oneSku.oneSku;
    const spread = Math.max(...b7.map(({ oneSku }) => oneSku.uniform.median));
    const percent = (ordersPerSecond: number) => (ordersPerSecond / spread) * 100;
    return found && { median: percent(found.median), min: percent(found.min), max: percent(found.max) };
  };
}

/** On this Node.js. */
function idle(of: keyof IdleFigure['perMinute']): Headline['of'] {
  return ({ idle: figures }: Figures) => {
    const found = figures.find(({ mode, node }) => mode === 'embedded' && node === process.versions.node);
    return found && spreadOf([found.perMinute[of]]);
  };
}
