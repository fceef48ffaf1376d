import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import everything from '../../jest.config.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Specs of reactions, wherever they are: what every reaction promises is held to the bytes of records, too. */
const reactions = readdirSync(join(root, 'libs'), { recursive: true })
  .filter((file) => file.endsWith('.spec.ts'))
  .map((file) => join(root, 'libs', file))
  .filter((file) => readFileSync(file, 'utf8').includes('itBehavesLikeAReaction('));

/**
 * Specs that run on a real Kafka with a real Debezium, all on one stack: those of the stack itself, those of the source that
 * reads it, and the same files as without Kafka: flows, reactions, late starts, failures and the sweep. What is left of
 * test/stream speaks of the embedded reader alone: its slot and the WAL that this holds (slot, slot-taken, wal-limit,
 * catch-up-rounds), the one process that leads (takeover, zombie; here shared-work), lanes by hash where a topic's partitions
 * decide (lanes), the memory and the pieces of one transaction (large-transaction), and what it costs and counts (quiet,
 * metrics, connections).
 */
export default {
  ...everything,
  rootDir: '../..',
  testMatch: [
    '<rootDir>/test/kafka/**/*.spec.ts',
    '<rootDir>/test/flow/**/*.spec.ts',
    '<rootDir>/test/stream/{catch-up,failures,sweep,unknown-commit}.db.spec.ts',
    ...reactions,
  ],
  globalSetup: '<rootDir>/test/kafka/stack-for-flows.mjs',
  globalTeardown: '<rootDir>/test/kafka/stack-for-flows-end.mjs',
  testPathIgnorePatterns: ['/node_modules/'],
  testSequencer: '<rootDir>/test/kafka/longest-first.mjs',
  testTimeout: 600_000,
};
