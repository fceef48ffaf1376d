import { watchWork, type DatabaseWork } from '../../installation/database-work.js';
import { Onlooker } from '../../installation/onlooker.js';
import type { BenchOnInstallation } from '../../part.js';
import { percentiles, type Percentiles } from '../../report/percentiles.js';
import { spreadOf, type Spread } from '../../report/statistics.js';
import { measureThroughput, type ThroughputRun } from '../b1/throughput.js';
import { workPerOrder, type WorkPerOrder } from '../b1/work-per-order.js';
import { measureLatency, type LatencyRun } from '../b3/latency.js';
import { measureReads, type ReadsFigure } from '../b5/measure-reads.js';
import { loadsOf, readSeconds, STEADY } from './loads.js';

/** What an installation does that has so many orders. */
export interface AtSize {
  /** Before the first run. */
  readonly orders: number;
  /** Of the database, its indexes included, before the first run. */
  readonly databaseBytes: number;
  /** Orders per second that come through, by load. */
  readonly ordersPerSecond: Readonly<Record<string, Spread>>;
  /** What PostgreSQL did for each, by load. */
  readonly perOrder: Readonly<Record<string, WorkPerOrder>>;
  /** Milliseconds from the acknowledged intent to the reservation, at 200 orders a second. */
  readonly reservation: Percentiles;
  readonly reads: readonly ReadsFigure[];
  /** Share of pages found in PostgreSQL's buffers, 0 to 1: while orders came, and while they were read. */
  readonly bufferHits: { readonly orders: number; readonly reads: number };
  /** Bytes that the program has resident: the most since its start, and when all is done. */
  readonly memoryBytes: { readonly peak: number; readonly now: number };
  readonly throughputRuns: Readonly<Record<string, readonly ThroughputRun[]>>;
  readonly latencyRuns: readonly LatencyRun[];
}

/** Measures throughput, latency and reads of an installation of so many orders; its own are to be few beside them. */
export async function measureAtSize(bench: BenchOnInstallation, orders: number): Promise<AtSize> {
  const { installation, generator, options, say } = bench;
  return Onlooker.beside(await installation.databaseUrl(), async (onlooker) => {
    const { rows } = await onlooker.orders.query<{ bytes: string }>(SIZE);
    const throughputRuns = await throughput(bench, orders);
    const latencyRuns = await latency(bench, orders);
    const worked = await watchWork(onlooker);
    const reads = await measureReads(installation, generator, {
      runs: options.runs,
      seconds: readSeconds(options),
      say: (line) => say(`b4 ${orders}: ${line}`),
    });
    const hitsOfReads = hitShare([await worked()]);
    const runs = Object.entries(throughputRuns);
    return {
      orders,
      databaseBytes: Number(rows[0]!.bytes),
      ordersPerSecond: Object.fromEntries(
        runs.map(([load, of]) => [load, spreadOf(of.map((run) => run.ordersPerSecond))]),
      ),
      perOrder: Object.fromEntries(runs.map(([load, of]) => [load, workPerOrder(of)])),
      reservation: percentiles(latencyRuns.map(({ reservation }) => reservation)),
      reads,
      bufferHits: { orders: hitShare(runs.flatMap(([, of]) => of.map(({ work }) => work))), reads: hitsOfReads },
      memoryBytes: await installation.memory(),
      throughputRuns,
      latencyRuns,
    };
  });
}

const SIZE = 'SELECT pg_database_size(current_database()) AS bytes';

function hitShare(work: readonly DatabaseWork[]): number {
  const hits = work.reduce((sum, { bufferHits }) => sum + bufferHits, 0);
  const reads = work.reduce((sum, { bufferReads }) => sum + bufferReads, 0);
  return hits / Math.max(1, hits + reads);
}

async function throughput(bench: BenchOnInstallation, size: number): Promise<Record<string, ThroughputRun[]>> {
  const { installation, generator, options, say } = bench;
  const found: Record<string, ThroughputRun[]> = {};
  for (const load of loadsOf(options)) {
    const { name } = load;
    const runs: ThroughputRun[] = (found[name] = []);
    while (runs.length < options.runs) {
      const wish = { prefix: `b4-${size}-${name}-${runs.length}`, load };
      const run = await measureThroughput(installation, generator, wish);
      say(`b4 ${size}: ${name} ${run.ordersPerSecond.toFixed(0)} orders/s`);
      runs.push(run);
    }
  }
  return found;
}

async function latency({ installation, generator, options, say }: BenchOnInstallation, size: number) {
  const runs: LatencyRun[] = [];
  while (runs.length < options.runs) {
    const run = await measureLatency(installation, generator, { prefix: `b4-${size}-${runs.length}`, ...STEADY });
    const { p50, p99 } = run.reservation;
    say(`b4 ${size}: reserved within ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`);
    runs.push(run);
  }
  return runs;
}
