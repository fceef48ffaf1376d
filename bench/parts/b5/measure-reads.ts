import { onConnection } from '../../../libs/platform/src/postgres/index.js';
import type { Installation } from '../../installation/installation.js';
import type { Generator } from '../../load/generator.js';
import type { ReadsReport } from '../../load/reads.js';
import { watchCpu, type CpuUse } from '../../machine/cpu-watch.js';
import { percentiles, type Percentiles } from '../../report/percentiles.js';
import { spreadOf, type Spread } from '../../report/statistics.js';
import { drawing } from './draw.js';
import { holdOrders } from './hold-orders.js';
import { READS, type Read } from './reads.js';

/** Clients that read at a time. */
const CONCURRENCY = 32;
/** Before each kind of read: plans and compilers. */
const WARM_SECONDS = 1;
/** So many orders are drawn for each second of a run: more than are looked at, so that none is looked at twice. */
const DRAWN_PER_SECOND = 4_000;

/** One run of one kind of read. */
export interface ReadsRun extends ReadsReport {
  readonly use: CpuUse;
}

/** One kind of read: the medians of the runs, and their spread. */
export interface ReadsFigure {
  readonly read: string;
  readonly requestsPerSecond: Spread;
  /** Milliseconds until all that a client wants to see is there. */
  readonly latency: Percentiles;
  /** CPU milliseconds of each process for one request. */
  readonly cpuMsPerRequest: Readonly<Record<string, number>>;
  readonly runs: readonly ReadsRun[];
}

/** How often and how long. */
interface Length {
  readonly runs: number;
  readonly seconds: number;
  say(line: string): void;
}

/** Takes all kinds of reads, so many runs of so many seconds each; each run has orders of its own. */
export async function measureReads(
  installation: Installation,
  generator: Generator,
  { runs, seconds, say }: Length,
): Promise<ReadsFigure[]> {
  const { url } = installation;
  const processes = { ...(await installation.processes()), generator: generator.pid };
  return onConnection(await installation.databaseUrl(), async (database) => {
    const [draw, drawToWarm] = [
      await drawing(database, DRAWN_PER_SECOND * seconds),
      await drawing(database, DRAWN_PER_SECOND * WARM_SECONDS),
    ];
    await holdOrders(url, await drawToWarm('id'));
    const figures: ReadsFigure[] = [];
    for (const read of READS) {
      const wish = { url, concurrency: CONCURRENCY };
      await generator.reads({ ...wish, looks: await read.looks(drawToWarm), seconds: WARM_SECONDS });
      const done: ReadsRun[] = [];
      while (done.length < runs) {
        const looks = await read.looks(draw);
        const used = await watchCpu(processes);
        done.push({ ...(await generator.reads({ ...wish, looks, seconds })), use: await used() });
      }
      const figure = figureOf(read, done);
      const { requestsPerSecond, latency } = figure;
      say(`${read.name}: ${requestsPerSecond.median.toFixed(0)}/s, p99 ${latency.p99.median.toFixed(0)} ms`);
      figures.push(figure);
    }
    return figures;
  });
}

function figureOf({ name }: Read, runs: readonly ReadsRun[]): ReadsFigure {
  const cpuMs = (process: string) =>
    spreadOf(
      runs.map(
        ({ use, requestsPerSecond }) => (use.cpuSeconds[process]! * 1000) / (requestsPerSecond * use.wallSeconds),
      ),
    ).median;
  return {
    read: name,
    requestsPerSecond: spreadOf(runs.map(({ requestsPerSecond }) => requestsPerSecond)),
    latency: percentiles(runs.map(({ latency }) => latency)),
    cpuMsPerRequest: Object.fromEntries(Object.keys(runs[0]!.use.cpuSeconds).map((each) => [each, cpuMs(each)])),
    runs,
  };
}
