import everything from '../../jest.config.mjs';

/** Specs that run on a real Kafka with a real Debezium, one after the other: one stack, and what it needs, at a time. */
export default {
  ...everything,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/kafka/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 600_000,
  maxWorkers: 1,
};
