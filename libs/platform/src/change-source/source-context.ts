import type { Database } from '../database/database.js';
import type { Executor } from '../reaction/executor.js';
import type { StreamLog } from '../reaction/stream-log.js';
import type { StreamMetrics } from '../reaction/stream-metrics.js';
import type { Clock } from '../time/clock.js';

/** What every source of changes must be told. */
export interface SourceSettings {
  /** Reads the tables as change events show them, in snapshots that a slot exports. */
  readonly replicationUrl: string;
  /** The replication slot by which the changes are captured; its name is also that of the control channel. */
  readonly slot: string;
  readonly topicPrefix: string;
  /** Who we are, for the checkpoints. */
  readonly owner: string;
  /** How long an executor's lane waits for more changes before it starts a batch, when its last one began so long ago; milliseconds. */
  batchWaitMs(executor: Executor, restedMs: number): number;
  /** How often to look for what was overlooked, and how old it must be; left out: 10 minutes and 1 minute. */
  readonly sweep?: { readonly everyMs: number; readonly graceMs: number };
}

/** All that the parts of a source share. */
export interface SourceContext<Settings extends SourceSettings = SourceSettings> {
  readonly db: Database;
  /** The executors that this process runs, whenever they are to run. */
  readonly executors: readonly Executor[];
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: StreamLog;
  readonly metrics: StreamMetrics;
}
