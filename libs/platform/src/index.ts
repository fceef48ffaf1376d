export { CLOCK, microsecondText, SystemClock, type Clock } from './time/clock.js';
export { columnsOf, insertRows, unnest, type ColumnTypes } from './database/bulk.js';
export { Conditions } from './database/conditions.js';
export { Database, type Caller, type HintLog } from './database/database.js';
export type { ModuleTx, Row } from './database/module-tx.js';
export { contentHash } from './idempotency/content-hash.js';
export { idempotent } from './idempotency/idempotent.js';
export { effectId, idFrom, newId, timeOfId } from './ids/ids.js';
export {
  CONTRACTS,
  settingsToken,
  type Installation,
  type MigrationClass,
  type ModuleManifest,
} from './module/manifest.js';
export {
  declarationOf,
  OrderkeelModule,
  type OrderkeelModuleClass,
  type OrderkeelModuleDeclaration,
} from './module/module.decorator.js';
export {
  executorOf,
  OnChange,
  type Change,
  type ChangeKind,
  type ChangesOf,
  type ExecutorDeclaration,
  type Reaction,
  type Stretch,
} from './reaction/reaction.js';
export { answerBatch, checkItem, type Checked } from './http/batch/answer-batch.js';
export { BatchRoute } from './http/batch/batch-route.js';
export { batchOf, batchResultsOf } from './http/batch/batch.schema.js';
export { answerSingle, type SingleAnswer } from './http/batch/single-answer.js';
export { RequestCaller } from './http/edge/caller.decorator.js';
export { preferredWaitMs } from './http/edge/prefer.js';
export type { ServerSentEvent } from './http/events/event-frame.js';
export { EventStreams } from './http/events/event-streams.js';
export { HealthProbes } from './http/health/health-probes.js';
export type { Position } from './http/lists/cursors.js';
export { listOf, pageQuery } from './http/lists/list.schema.js';
export { Pages } from './http/lists/pages.js';
export { SharedReads } from './http/lists/shared-reads.js';
export { Metrics } from './http/metrics/metrics.js';
export { Answers, AnswersText } from './http/openapi/answers.js';
export { Refuses } from './http/openapi/problem-answers.js';
export { asProblem } from './http/problem/classify.js';
export { Problem, type FieldFault } from './http/problem/problem.js';
export { instantIn } from './http/schema/instant.js';
export {
  idIn,
  idOut,
  instantOut,
  moneyIn,
  moneyOut,
  quantityChangeIn,
  quantityIn,
  quantityOrZeroIn,
  quantityOut,
  textIn,
  unitPriceDecimalIn,
} from './http/schema/values.js';
export { withoutNulls, type WithNulls } from './http/schema/without-nulls.js';
export { Envelope } from './http/validation/envelope.js';
export { validateBody, valueOrProblem, type Validated } from './http/validation/validate.js';
export { configureConsumers, enabledModules, type ConfiguredConsumer } from './reaction/consumer-switches.store.js';
export { CONSUMER_STATES, readConsumers, type Consumer } from './reaction/consumer.store.js';
export type { Executor } from './reaction/executor.js';
export { StreamLog, type LineLog } from './reaction/stream-log.js';
export { StreamMetrics } from './reaction/stream-metrics.js';
export { EmbeddedSource } from './embedded-source/embedded-source.js';
export type { KafkaAccess } from './kafka-source/kafka-access.js';
export { reachBrokers } from './kafka-source/reach-brokers.js';
export { KafkaSource } from './kafka-source/kafka-source.js';
export type { ChangeSource } from './change-source/change-source.js';
export { claimSource, type SourceClaim } from './change-source/source-claim.js';
export type { SourceContext, SourceSettings } from './change-source/source-context.js';
export { readConnectorFile, type ConnectorSettings } from './change-stream/connector/connector-file.js';
export type { Connector } from './change-stream/connector/connector-for.js';
export { fillInConnector } from './change-stream/connector/fill-in.js';
export { ConnectionPool } from './database/connection-pool.js';
export { RoleNames } from './database/role-names.js';
export { codeOf, failureKind, QUERY_CANCELED } from './database/sqlstate.js';
export { together } from './database/together.js';
export { install, migrationsOf, type InstallReport } from './install/install.js';
export { refuseOtherNamespace } from './install/namespace.js';
export { pendingMigrations } from './install/migrations.js';
export { monthsAround } from './install/partitions.js';
export type { Logins } from './install/roles.js';
export { createHttpApp } from './http/edge/http-app.js';
export { HttpEdgeModule } from './http/http-edge.module.js';
export {
  checkServer,
  embeddedFolder,
  explainFileError,
  makeFolders,
  onConnection,
  PostgresStartError,
  readOrCreateSecrets,
  redactUrl,
  runningEmbedded,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type RunningEmbedded,
  type ServerNeeds,
  type StartLog,
} from './postgres/index.js';
export { asyncApiDocument } from './asyncapi/asyncapi-document.js';
export { tellReader } from './change-source/control-channel.js';
export { ChangeStreamView } from './ops/change-stream-view.js';
export { Housekeeping } from './housekeeping/housekeeping.js';
export { monthsAhead } from './housekeeping/months-ahead.js';
export { API_SERVED } from './ops/module-routes.js';
export { OpsModule } from './ops/ops.module.js';
export { refusalOf, SWITCHABLE_MODULES, type SwitchableModule } from './ops/switchable-module.js';
