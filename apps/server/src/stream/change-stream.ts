import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  ChangeStreamView,
  EmbeddedSource,
  KafkaSource,
  Metrics,
  StreamLog,
  StreamMetrics,
  type ChangeSource,
  type Clock,
  type ConnectorSettings,
  type Database,
  type Executor,
  type SourceContext,
} from '@orderkeel/platform';
import type { Logger } from 'pino';
import { builtDeclarations } from '../built-modules.js';
import type { Configuration } from '../configuration/configuration.js';
import { brokersOf } from './brokers.js';
import { runHere } from './executors.js';
import type { StreamTuning } from './stream-tuning.js';

/**
 * A lane that had nothing left begins its next batch no earlier than this after its last, so that changes which come one by
 * one gather; after a rest of that length the first change is not kept waiting, and while changes are left batches follow
 * each other at once. Architecture 12 bounds a hop's latency by about 10 ms.
 */
const BATCH_EVERY_MS = 8;
/** A quarter of what the embedded PostgreSQL keeps for slots (reliability 3.7). */
const MAX_RETAINED_BYTES = 1024n * 1024n * 1024n;

/** What the change stream stands on. */
export interface StreamParts {
  readonly app: NestFastifyApplication;
  readonly configuration: Configuration;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** Those of all enabled modules. */
  readonly executors: readonly Executor[];
  readonly connector: ConnectorSettings;
  readonly replicationUrl: string;
  /** The stream cannot go on, and the program is to end. */
  gaveUp(error: Error): void;
}

/** Begins to read the change stream, or to stand by; operations see it from now on. */
export async function openChangeStream(parts: StreamParts, tuning: StreamTuning): Promise<ChangeSource> {
  const { app, connector, configuration } = parts;
  const source = configuration.changes === 'kafka' ? await openKafka(parts, tuning) : openEmbedded(parts, tuning);
  app.get(ChangeStreamView, { strict: false }).attach(source, connector.slot);
  return source;
}

/** In this process, by PostgreSQL's own log. */
function openEmbedded(parts: StreamParts, tuning: StreamTuning): ChangeSource {
  const { publication, tables } = parts.connector;
  const context = contextOf(parts, tuning);
  const source = new EmbeddedSource({
    ...context,
    settings: {
      ...context.settings,
      publication,
      tables,
      maxRetainedBytes: tuning.maxRetainedBytes ?? MAX_RETAINED_BYTES,
      ...(tuning.walSenderTimeoutMs !== undefined && { walSenderTimeoutMs: tuning.walSenderTimeoutMs }),
    },
  });
  source.start();
  return source;
}

/** From topics that Debezium writes, by a transport of NestJS; of the executors those that this process is to run. */
async function openKafka(parts: StreamParts, tuning: StreamTuning): Promise<ChangeSource> {
  const { app, connector, configuration, gaveUp } = parts;
  const context = contextOf(parts, tuning);
  const [brokers, access] = [await brokersOf(configuration), configuration.kafkaAccess];
  const settings = { ...context.settings, brokers, access, topics: connector.topics };
  const executors = runHere(context.executors, configuration);
  const contracts = builtDeclarations.flatMap(({ publishes }) => publishes);
  const source = new KafkaSource(
    { ...context, executors, settings },
    { executors: context.executors, contracts, gaveUp },
  );
  app.connectMicroservice({ strategy: source });
  await app.startAllMicroservices();
  return source;
}

/** What both sources are told. */
function contextOf(parts: StreamParts, tuning: StreamTuning): SourceContext {
  const { app, database, clock, log, executors, connector, replicationUrl } = parts;
  const { slot, topicPrefix } = connector;
  return {
    db: database,
    clock,
    executors: tuning.executors?.(executors) ?? executors,
    log: new StreamLog(log),
    metrics: new StreamMetrics(app.get(Metrics, { strict: false }).registry),
    settings: {
      replicationUrl,
      slot,
      topicPrefix,
      owner: `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`,
      batchWaitMs: tuning.batchWaitMs ?? (({ patienceMs }, restedMs) => patienceMs ?? BATCH_EVERY_MS - restedMs),
      ...(tuning.sweep && { sweep: tuning.sweep }),
    },
  };
}
