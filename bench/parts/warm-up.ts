import type { Installation } from '../installation/installation.js';
import type { Generator } from '../load/generator.js';
import type { LoadShape } from './b1/loads.js';
import { measureThroughput } from './b1/throughput.js';

const BATCHES: LoadShape = { name: 'warm-up', concurrency: 2, batchSize: 200, orders: 4_000 };
const SINGLES: LoadShape = { name: 'warm-up', concurrency: 8, batchSize: 1, orders: 1_000 };

/** So many orders a warm-up leaves. */
export const WARM_UP_ORDERS = BATCHES.orders + SINGLES.orders;

/** Lets compilers and caches see what is to come; no figure is kept. The prefix is another one after each start. */
export async function warmUp(installation: Installation, generator: Generator, prefix = 'warm-up'): Promise<void> {
  await measureThroughput(installation, generator, { prefix: `${prefix}-batches`, load: BATCHES });
  await measureThroughput(installation, generator, { prefix: `${prefix}-singles`, load: SINGLES });
}
