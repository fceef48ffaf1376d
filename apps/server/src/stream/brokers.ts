import type { Configuration } from '../configuration/configuration.js';
import { readStack } from './stack-file.js';

const DEFAULT_BROKERS = ['127.0.0.1:9092'];

/** The brokers to begin with: the configured ones, else those of the stack on the data folder, else the usual address. */
export async function brokersOf({ brokers, dataDir }: Configuration): Promise<readonly string[]> {
  return brokers ?? (await readStack(dataDir))?.brokers ?? DEFAULT_BROKERS;
}
