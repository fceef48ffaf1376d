import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigurationError } from '../configuration/configuration-error.js';

/** What a stack that runs on a data folder says of itself, as far as programs need it (infra/README.md). */
const stackSchema = z.object({ brokers: z.array(z.string()).min(1), connectUrl: z.string() });
type Stack = z.output<typeof stackSchema>;

const ANSWER_MS = 2_000;

/** The stack that is meant to run on a data folder; null when none is. Throws ConfigurationError for a file without sense. */
export async function readStack(dataDir: string): Promise<Stack | null> {
  const path = join(dataDir, 'stack', 'stack.json');
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return stackSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new ConfigurationError(`${path} cannot be used: ${String(error)}; "npm run stack:up" writes it anew`);
  }
}

/**
 * Throws ConfigurationError while a stack runs on the data folder: a program that reads the changes itself would take its
 * PostgreSQL over, wait in vain for the slot that Debezium reads, and end PostgreSQL with itself.
 */
export async function refuseRunningStack(dataDir: string): Promise<void> {
  const stack = await readStack(dataDir);
  if (stack === null) return;
  const addresses = [...stack.brokers, new URL(stack.connectUrl).host];
  const answers = await Promise.all(addresses.map(isListening));
  if (!answers.includes(true)) return;
  throw new ConfigurationError(
    `Kafka and Debezium run on the data folder ${dataDir} and read its changes: start with ORDERKEEL_CHANGES=kafka, or end them first with "npm run stack:down".`,
  );
}

/** A stack whose machine was switched off has left its file behind, and nobody listens. */
function isListening(address: string): Promise<boolean> {
  const [host = '', port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: ANSWER_MS });
    const answer = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.on('connect', () => answer(true));
    socket.on('timeout', () => answer(false));
    socket.on('error', () => answer(false));
  });
}
