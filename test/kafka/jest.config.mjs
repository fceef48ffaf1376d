import everything from '../../jest.config.mjs';

/**
 * Specs that run on a real Kafka with a real Debezium, one after the other: those of the stack itself, those of the source
 * that reads it, and the flows, which are the same files as without Kafka.
 */
export default {
  ...everything,
  rootDir: '../..',
  testMatch: [
    '<rootDir>/test/kafka/**/*.spec.ts',
    '<rootDir>/test/flow/**/*.spec.ts',
    '<rootDir>/test/stream/{catch-up,failures,sweep,unknown-commit}.db.spec.ts',
  ],
  globalSetup: '<rootDir>/test/kafka/stack-for-flows.mjs',
  globalTeardown: '<rootDir>/test/kafka/stack-for-flows-end.mjs',
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 600_000,
  maxWorkers: 1,
};
