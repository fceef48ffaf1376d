import type { Mode } from '../options.js';
import type { B1Figure } from '../parts/b1/b1.js';
import type { WorkPerOrder } from '../parts/b1/work-per-order.js';
import type { B2Figure } from '../parts/b2/figure.js';
import type { InTurns } from '../parts/b4/in-turns.js';
import { isBoard } from '../parts/b5/reads.js';
import type { IdleFigure } from '../parts/idle/idle.js';
import type { Figures } from '../parts/parts.js';
import type { Evidence, Headline } from './headline.js';
import type { Percentiles } from './percentiles.js';
import { ratioOf, spreadOf, type Spread } from './statistics.js';

const [SMALLEST, LARGEST] = [10_000, 1_000_000];
const BYTES_OF_MB = 1e6;

/** Orders per second of a load, by order + inventory. */
export function throughput(mode: Mode, load: string): Headline['of'] {
  return ofLoad(mode, load, ({ ordersPerSecond }) => ordersPerSecond);
}

/** What PostgreSQL did for one order of batches of 200. */
export function perOrder(of: (work: WorkPerOrder) => Spread): Headline['of'] {
  return ofLoad('embedded', 'batch-200', (figure) => of(figure.perOrder));
}

function ofLoad(mode: Mode, load: string, of: (figure: B1Figure) => Spread): Headline['of'] {
  return ({ b1 }) => {
    const found = b1.find((each) => each.mode === mode && each.profile === 'order+inventory' && each.load === load);
    return found && { measured: of(found), runs: found.runs };
  };
}

/** The product's orders per second by those of the fastest bulk insert on one connection. */
export function shareOfBulk({ b2 }: Figures): Evidence | undefined {
  const ways = b2.filter(({ writer, connections }) => writer === 'bulk' && connections === 1);
  return shareOf(
    b2,
    ways.sort((a, b) => b.ordersPerSecond.median - a.ordersPerSecond.median),
  );
}

/**
 * The product's orders per second by those of the same transactions on so many connections: of the sizes that were tried the one
 * nearest to its own.
 */
export function shareOfSameTransactions(connections: number): Headline['of'] {
  return ({ b2 }) => {
    const own = b2.find(({ writer }) => writer === 'product')?.ordersPerTransaction?.reservation.median ?? NaN;
    const distance = ({ batchSize }: B2Figure) => Math.abs(Math.log(batchSize / own));
    const ways = b2.filter((each) => each.writer === 'dependent' && each.connections === connections);
    return shareOf(
      b2,
      ways.sort((a, b) => distance(a) - distance(b)),
    );
  };
}

function shareOf(b2: Figures['b2'], [wanted]: readonly B2Figure[]): Evidence | undefined {
  if (!wanted?.productShare) return undefined;
  const product = b2.filter((each) => each.writer === 'product');
  return { measured: wanted.productShare, runs: [...product, wanted].flatMap(({ runs }) => runs) };
}

/** Milliseconds until an order is reserved, at a steady pace. */
export function latency(mode: Mode, perSecond: number, percentile: keyof Percentiles): Headline['of'] {
  return ({ b3 }) => {
    const found = b3.find((each) => each.mode === mode && each.perSecond === perSecond);
    return found && { measured: found.reservation[percentile], runs: found.runs };
  };
}

/** At the largest size, in percent of what an installation of the smallest gave in the same turns. */
export function inTurns(of: (turns: InTurns) => Evidence): Headline['of'] {
  return ({ b4 }) => {
    const turns = b4.find(({ orders }) => orders === LARGEST)?.againstSmallest;
    if (!turns) return undefined;
    const { measured, runs } = of(turns);
    return { measured: inPercent(measured), runs };
  };
}

/** Memory when all is done at the largest size, in percent of that at the smallest; not measured unless both were. */
export function memoryGrown({ b4 }: Figures): Evidence | undefined {
  const [small, large] = [SMALLEST, LARGEST].map((size) => b4.find(({ orders }) => orders === size)?.memoryBytes.now);
  return small && large ? { measured: inPercent(spreadOf([large / small])), runs: [] } : undefined;
}

/** MB that the program has had resident, the most since each of its starts: it is started anew for each size. */
export function memory({ b4 }: Figures): Evidence | undefined {
  const peaks = b4.map(({ memoryBytes }) => memoryBytes.peak / BYTES_OF_MB);
  const [most, least] = [Math.max(...peaks), Math.min(...peaks)];
  return b4.length === 0 ? undefined : { measured: { median: most, min: least, max: most }, runs: [] };
}

/** Requests, of which a look at an order with its timeline is two. */
export function orderWithTimeline({ b5 }: Figures): Evidence | undefined {
  const found = b5.find(({ read }) => read === 'order with its timeline');
  return found && { measured: found.requestsPerSecond, runs: found.runs };
}

/** Milliseconds of the board whose slowest hundredth takes longest, at the largest size. */
export function slowestBoard({ b4 }: Figures): Evidence | undefined {
  const boards = b4.find(({ orders }) => orders === LARGEST)?.reads.filter(({ read }) => isBoard(read)) ?? [];
  const [slowest] = boards.sort((a, b) => b.latency.p99.median - a.latency.p99.median);
  return slowest && { measured: slowest.latency.p99, runs: slowest.runs };
}

/** In percent of the best figure there is for orders that are spread over all SKUs, however many lanes it was taken with. */
export function oneSkuShare(lanes: number): Headline['of'] {
  return ({ b7 }) => {
    const one = b7.find((each) => each.lanes === lanes)?.oneSku;
    const [best] = b7.map(({ oneSku }) => oneSku).sort((a, b) => b.uniform.median - a.uniform.median);
    return (
      one && {
        measured: inPercent(ratioOf(one.oneSku, best!.uniform)),
        runs: [...one.oneSkuRuns, ...best!.uniformRuns],
      }
    );
  };
}

/** Of PostgreSQL in a minute without work, on this Node.js. */
export function idle(of: keyof IdleFigure['perMinute']): Headline['of'] {
  return ({ idle: figures }) => {
    const found = figures.find(({ mode, node }) => mode === 'embedded' && node === process.versions.node);
    return found && { measured: spreadOf([found.perMinute[of]]), runs: [found] };
  };
}

function inPercent({ median, min, max }: Spread): Spread {
  return { median: median * 100, min: min * 100, max: max * 100 };
}
