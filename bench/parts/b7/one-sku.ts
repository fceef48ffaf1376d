import { receiveStock } from '../../installation/stock.js';
import { ALL_SKUS, type Assortment } from '../../load/intents.js';
import type { BenchOnInstallation } from '../../part.js';
import { spreadOf, type Spread } from '../../report/statistics.js';
import { LOADS } from '../b1/loads.js';
import { measureThroughput, type ThroughputRun } from '../b1/throughput.js';

/** One SKU in every order, beside orders that are spread over all SKUs. */
export interface OneSkuFigure {
  readonly lanes: number;
  readonly oneSku: Spread;
  readonly uniform: Spread;
  /** Orders per second with the one SKU by those of the uniform run just before. */
  readonly share: Spread;
  readonly oneSkuRuns: readonly ThroughputRun[];
  readonly uniformRuns: readonly ThroughputRun[];
}

/** As many lines as all other orders have. */
const ONE_SKU: Assortment = { ...ALL_SKUS, lines: ALL_SKUS.lines - 1, always: 'BENCH-EVERYBODYS' };
const LOAD = LOADS.find(({ name }) => name === 'batch-200')!;
const QUICK_ORDERS = 4_000;

/** Measures both in turn, so that whatever else the machine does meets both. */
export async function measureOneSku({ installation, generator, options, say }: BenchOnInstallation) {
  const load = options.quick ? { ...LOAD, orders: QUICK_ORDERS } : LOAD;
  const { lanes = 1 } = installation.wish;
  await receiveStock(installation.url, [ONE_SKU.always!]);
  const uniformRuns: ThroughputRun[] = [];
  const oneSkuRuns: ThroughputRun[] = [];
  for (let run = 0; run < options.runs; run += 1) {
    const measure = (assortment: Assortment) =>
      measureThroughput(installation, generator, { prefix: `b7-${run}-${assortment.lines}`, load, assortment });
    uniformRuns.push(await measure(ALL_SKUS));
    oneSkuRuns.push(await measure(ONE_SKU));
    const [uniform, oneSku] = [uniformRuns.at(-1)!, oneSkuRuns.at(-1)!].map((each) => each.ordersPerSecond.toFixed(0));
    say(`b7 ${lanes} lanes: ${oneSku} orders/s with one SKU in all, uniform ${uniform}`);
  }
  const share = oneSkuRuns.map((run, nth) => run.ordersPerSecond / uniformRuns[nth]!.ordersPerSecond);
  const figure: OneSkuFigure = {
    lanes,
    oneSku: spreadOf(oneSkuRuns.map((run) => run.ordersPerSecond)),
    uniform: spreadOf(uniformRuns.map((run) => run.ordersPerSecond)),
    share: spreadOf(share),
    oneSkuRuns,
    uniformRuns,
  };
  return figure;
}
