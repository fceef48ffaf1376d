export { onConnection } from './admin-connection.js';
export { checkServer } from './check-server.js';
export { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';
export { redactUrl } from './redact-url.js';
export { readOrCreateSecrets } from './secrets.js';
export { embeddedFolder, runningEmbedded, type RunningEmbedded } from './running-embedded.js';
export type { ServerNeeds } from './server-rules.js';
export { PostgresStartError } from './start-error.js';
export type { StartLog } from './start-log.js';
