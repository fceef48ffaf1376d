import type { CpuUse } from '../../machine/cpu-watch.js';
import { byProcess, inShort, left, mark, right, table } from '../../report/columns.js';
import { spreadOf, type Spread } from '../../report/statistics.js';
import type { ThroughputRun } from '../b1/throughput.js';
import type { RawRun } from './raw-runs.js';

/** Who writes orders, and how. */
interface Writing {
  /** `bulk`: plain inserts; `dependent`: in the product's transactions, beside a reader of the WAL. */
  readonly writer: 'product' | 'bulk' | 'dependent';
  /** Orders in a transaction; of the product, in a request. */
  readonly batchSize: number;
  /** Null of the product, which has as many as it wants. */
  readonly connections: number | null;
}

/** B2 for one way of writing. */
export interface B2Figure extends Writing {
  readonly ordersPerSecond: Spread;
  /** The product's orders per second divided by these; from the least to the most that the runs give. Null of the product. */
  readonly productShare: Spread | null;
  readonly walBytesPerOrder: Spread;
  /** By process, the median of the runs; `bench` is what writes, where it is not the product. */
  readonly cpuMsPerOrder: Readonly<Record<string, number>>;
  readonly runs: readonly WritingRun[];
}

interface WritingRun {
  readonly orders: number;
  readonly ordersPerSecond: number;
  readonly walBytes: number;
  readonly use: CpuUse;
}

/** The product's own figure, which the others are compared with. */
export function productFigure(batchSize: number, runs: readonly ThroughputRun[]): B2Figure {
  const own = runs.map(({ orders, ordersPerSecond, work, use }) => {
    return { orders, ordersPerSecond, walBytes: work.walBytes, use };
  });
  return { ...summaryOf({ writer: 'product', batchSize, connections: null }, own), productShare: null };
}

/** The figure of somebody else's writing. */
export function figureOf(writing: Writing, runs: readonly RawRun[], product: B2Figure): B2Figure {
  const summary = summaryOf(writing, runs);
  return { ...summary, productShare: ratio(product.ordersPerSecond, summary.ordersPerSecond) };
}

function summaryOf(writing: Writing, runs: readonly WritingRun[]): Omit<B2Figure, 'productShare'> {
  const names = Object.keys(runs[0]!.use.cpuSeconds);
  const cpu = (name: string) => spreadOf(runs.map(({ use, orders }) => (use.cpuSeconds[name]! / orders) * 1000)).median;
  return {
    ...writing,
    ordersPerSecond: spreadOf(runs.map(({ ordersPerSecond }) => ordersPerSecond)),
    walBytesPerOrder: spreadOf(runs.map(({ walBytes, orders }) => walBytes / orders)),
    cpuMsPerOrder: Object.fromEntries(names.map((name) => [name, cpu(name)])),
    runs,
  };
}

function ratio(part: Spread, whole: Spread): Spread {
  return { median: part.median / whole.median, min: part.min / whole.max, max: part.max / whole.min };
}

/** The figures for people. */
export function renderB2(figures: readonly B2Figure[]): string[] {
  const columns = [
    left('writer'),
    right('batch'),
    right('connections'),
    right('orders/s'),
    right('runs'),
    right('product / this'),
    right('WAL kB'),
    left('CPU ms/order'),
    left(''),
  ];
  return table(columns, figures.map(rowOf));
}

function rowOf(figure: B2Figure): string[] {
  const { writer, batchSize, connections, ordersPerSecond, productShare, walBytesPerOrder, cpuMsPerOrder } = figure;
  return [
    writer,
    String(batchSize),
    connections === null ? '' : String(connections),
    inShort(ordersPerSecond),
    `${ordersPerSecond.min.toFixed(0)} - ${ordersPerSecond.max.toFixed(0)}`,
    productShare === null ? '' : productShare.median.toFixed(2),
    (walBytesPerOrder.median / 1000).toFixed(1),
    byProcess(cpuMsPerOrder),
    mark(figure.runs.map(({ use }) => use)),
  ];
}
