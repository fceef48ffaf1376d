export { onConnection } from './admin-connection.js';
export { checkServer, type ServerCheck, type ServerUrls } from './check-server.js';
export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.js';
export { redactUrl } from './redact-url.js';
export { readOrCreateSecrets } from './secrets.js';
export { embeddedFolder, runningEmbedded, type RunningEmbedded } from './running-embedded.js';
export type { ServerFinding } from './server-rules.js';
export { PostgresStartError, type StartErrorCode } from './start-error.js';
export type { StartLog } from './start-log.js';
