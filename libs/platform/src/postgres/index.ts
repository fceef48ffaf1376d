export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.js';
export { readOrCreateSecrets } from './secrets.js';
export { PostgresStartError, type StartErrorCode } from './start-error.js';
export type { StartLog } from './start-log.js';
