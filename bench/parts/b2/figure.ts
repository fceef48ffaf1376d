import type { CpuUse } from '../../machine/cpu-watch.js';
import { byProcess, inShort, left, right, table } from '../../report/columns.js';
import { mark } from '../../report/marks.js';
import { ratioOf, spreadOf, type Spread } from '../../report/statistics.js';
import type { ThroughputRun } from '../b1/throughput.js';
import type { OrdersPerTransaction } from './product-transactions.js';
import type { RawRun } from './raw-runs.js';

/** Who writes orders, and how. */
interface Writing {
  /** `bulk`: plain inserts; `dependent`: in the product's transactions, beside a reader of the WAL. */
  readonly writer: 'product' | 'bulk' | 'dependent';
  /** Orders in a transaction; of the product, in a request; `dependent` has requests as the product has. */
  readonly batchSize: number;
  /** Null of the product, which has as many as it wants. */
  readonly connections: number | null;
}

/** B2 for one way of writing. */
export interface B2Figure extends Writing {
  readonly ordersPerSecond: Spread;
  /** The product's orders per second divided by these; from the least to the most that the runs give. Null of the product. */
  readonly productShare: Spread | null;
  /** How many the product put into a transaction, on the average of a run; null of the others. */
  readonly ordersPerTransaction: Readonly<Record<keyof OrdersPerTransaction, Spread>> | null;
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

/** One run of the product. */
export interface ProductRun extends ThroughputRun {
  readonly ordersPerTransaction: OrdersPerTransaction;
}

/** The product's own figure, which the others are compared with. */
export function productFigure(batchSize: number, runs: readonly ProductRun[]): B2Figure {
  const own = runs.map(({ orders, ordersPerSecond, work, use }) => {
    return { orders, ordersPerSecond, walBytes: work.walBytes, use };
  });
  const spread = (of: keyof OrdersPerTransaction) =>
    spreadOf(runs.map(({ ordersPerTransaction }) => ordersPerTransaction[of]));
  const ordersPerTransaction = { ingest: spread('ingest'), reservation: spread('reservation') };
  const summary = summaryOf({ writer: 'product', batchSize, connections: null }, own);
  return { ...summary, productShare: null, ordersPerTransaction };
}

/** The figure of somebody else's writing. */
export function figureOf(writing: Writing, runs: readonly RawRun[], product: B2Figure): B2Figure {
  const summary = summaryOf(writing, runs);
  const productShare = ratioOf(product.ordersPerSecond, summary.ordersPerSecond);
  return { ...summary, productShare, ordersPerTransaction: null };
}

function summaryOf(
  writing: Writing,
  runs: readonly WritingRun[],
): Omit<B2Figure, 'productShare' | 'ordersPerTransaction'> {
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

/** The figures for people. */
export function renderB2(figures: readonly B2Figure[]): string[] {
  const columns = [
    left('writer'),
    right('batch'),
    right('ingest, reservation'),
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
  const { writer, batchSize, connections, ordersPerTransaction, ordersPerSecond, productShare } = figure;
  const { ingest, reservation } = ordersPerTransaction ?? {};
  return [
    writer,
    String(batchSize),
    ingest && reservation ? `${inShort(ingest)}, ${inShort(reservation)}` : '',
    connections === null ? '' : String(connections),
    inShort(ordersPerSecond),
    `${ordersPerSecond.min.toFixed(0)} - ${ordersPerSecond.max.toFixed(0)}`,
    productShare === null ? '' : productShare.median.toFixed(2),
    (figure.walBytesPerOrder.median / 1000).toFixed(1),
    byProcess(figure.cpuMsPerOrder),
    mark(figure.runs),
  ];
}
