import type { Options } from '../../options.js';

/** A way in which orders are sent. */
export interface LoadShape {
  readonly name: string;
  /** Requests at a time. */
  readonly concurrency: number;
  /** Intents in a request; 1: the single route. */
  readonly batchSize: number;
  /** In one run. */
  readonly orders: number;
}

/** B1's loads: single requests, and batches with two on their way, so that one is being read while the other is written. */
export const LOADS: readonly LoadShape[] = [
  { name: 'single-1', concurrency: 1, batchSize: 1, orders: 1_500 },
  { name: 'single-8', concurrency: 8, batchSize: 1, orders: 4_000 },
  { name: 'single-32', concurrency: 32, batchSize: 1, orders: 6_000 },
  { name: 'batch-200', concurrency: 2, batchSize: 200, orders: 12_000 },
  { name: 'batch-1000', concurrency: 2, batchSize: 1_000, orders: 12_000 },
];

/** A quick run has so much less to do. */
const QUICK_SHARE = 4;

/** A load as long as the options want it. */
export function forThisLength(load: LoadShape, { quick }: Pick<Options, 'quick'>): LoadShape {
  return quick ? { ...load, orders: load.orders / QUICK_SHARE } : load;
}
