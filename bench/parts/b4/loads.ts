import type { Options } from '../../options.js';
import type { LoadShape } from '../b1/loads.js';

const BATCHES: LoadShape = { name: 'batch-200', concurrency: 2, batchSize: 200, orders: 6_000 };
const SINGLES: LoadShape = { name: 'single-32', concurrency: 32, batchSize: 1, orders: 3_000 };
const READ_SECONDS = 4;
/** A quick run has so much less to do. */
const QUICK_SHARE = 2;

/** The steady pace of every size. */
export const STEADY = { perSecond: 200, seconds: 15 };

/** What comes as fast as it is taken, at every size. */
export function loadsOf(options: Options): readonly LoadShape[] {
  return [batches(options), { ...SINGLES, orders: shortened(SINGLES.orders, options) }];
}

/** Batches of 200. */
export function batches(options: Options): LoadShape {
  return { ...BATCHES, orders: shortened(BATCHES.orders, options) };
}

/** How long each kind of read has its turn. */
export function readSeconds(options: Options): number {
  return shortened(READ_SECONDS, options);
}

function shortened(length: number, { quick }: Options): number {
  return quick ? length / QUICK_SHARE : length;
}
