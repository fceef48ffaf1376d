/** Tests run as native ES modules; relative `.js` specifiers and module aliases resolve to the TypeScript sources. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: {
    '^@orderkeel/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@orderkeel/([^/]+)/contract$': '<rootDir>/libs/$1/src/contract/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  testMatch: ['<rootDir>/{apps,libs,test,infra,bench}/**/*.spec.ts'],
  // They need Java and a network: `npm run test:kafka`.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/kafka/'],
  // PostgreSQL's snapshots have the ending of Jest's.
  modulePathIgnorePatterns: ['<rootDir>/\\.orderkeel/'],
  testTimeout: 120_000,
  maxWorkers: 2,
};
