import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { INestApplicationContext } from '@nestjs/common';
import {
  ChangeStreamView,
  EmbeddedSource,
  Metrics,
  StreamLog,
  StreamMetrics,
  type Clock,
  type ConnectorSettings,
  type Database,
  type Executor,
} from '@orderkeel/platform';
import type { Logger } from 'pino';

/** How long a lane waits for more changes before a batch; architecture 12 bounds a hop's latency by about 10 ms. */
const BATCH_WAIT_MS = 8;
/** A quarter of what the embedded PostgreSQL keeps for slots (reliability 3.7). */
const MAX_RETAINED_BYTES = 1024n * 1024n * 1024n;

/** What may be tuned from outside the configuration: by tests that disturb the stream. */
export interface StreamTuning {
  /** Changes the executors before they run, e.g. to repeat what a reaction hears. */
  executors?(executors: readonly Executor[]): readonly Executor[];
  /** Milliseconds; an executor may be made to wait so that contracts overtake each other. */
  batchWaitMs?(executor: Executor): number;
  readonly walSenderTimeoutMs?: number;
  readonly sweep?: { readonly everyMs: number; readonly graceMs: number };
  /** WAL that an executor may hold back, bytes. */
  readonly maxRetainedBytes?: bigint;
}

interface StreamParts {
  readonly app: INestApplicationContext;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly executors: readonly Executor[];
  readonly connector: ConnectorSettings;
  readonly replicationUrl: string;
}

/** Begins to read the change stream, or to stand by; operations see it from now on. */
export function openChangeStream(parts: StreamParts, tuning: StreamTuning): EmbeddedSource {
  const { app, connector, executors } = parts;
  const { slot, publication, topicPrefix, tables } = connector;
  const source = new EmbeddedSource({
    db: parts.database,
    clock: parts.clock,
    executors: tuning.executors?.(executors) ?? executors,
    log: new StreamLog(parts.log),
    metrics: new StreamMetrics(app.get(Metrics, { strict: false }).registry),
    settings: {
      replicationUrl: parts.replicationUrl,
      slot,
      publication,
      topicPrefix,
      tables,
      owner: `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`,
      batchWaitMs: tuning.batchWaitMs ?? (({ patienceMs }) => patienceMs ?? BATCH_WAIT_MS),
      maxRetainedBytes: tuning.maxRetainedBytes ?? MAX_RETAINED_BYTES,
      ...(tuning.sweep && { sweep: tuning.sweep }),
      ...(tuning.walSenderTimeoutMs !== undefined && { walSenderTimeoutMs: tuning.walSenderTimeoutMs }),
    },
  });
  app.get(ChangeStreamView, { strict: false }).attach(source, slot);
  source.start();
  return source;
}
