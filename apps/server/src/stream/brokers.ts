import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Configuration } from '../configuration/configuration.js';
import { ConfigurationError } from '../configuration/configuration-error.js';

const DEFAULT_BROKERS = ['127.0.0.1:9092'];

/** What a stack that runs on a data folder says of its brokers (infra/README.md). */
const stackSchema = z.object({ brokers: z.array(z.string()).min(1) });

/** The brokers to begin with: the configured ones, else those of the stack on the data folder, else the usual address. */
export async function brokersOf({ brokers, dataDir }: Configuration): Promise<readonly string[]> {
  if (brokers) return brokers;
  const path = join(dataDir, 'stack', 'stack.json');
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return DEFAULT_BROKERS;
  try {
    return stackSchema.parse(JSON.parse(text)).brokers;
  } catch (error) {
    throw new ConfigurationError(`${path} cannot be used: ${String(error)}; "npm run stack:up" writes it anew`);
  }
}
