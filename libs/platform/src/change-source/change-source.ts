import type { ExecutorRun } from './executor-run.js';
import type { Lag } from './lag.js';

/**
 * Where the changes come from: PostgreSQL's own log or topics of Kafka. It runs the executors of this process, each
 * exactly once per change whatever comes again; a consumer of changes cannot tell one source from the other.
 */
export interface ChangeSource {
  /** False for a process that leaves all executors to others: it is well while it reads nothing. */
  readonly runsExecutors: boolean;
  /** True while this process reads changes; false for a standby, and for a process that runs no executor. */
  readonly reading: boolean;
  /** True while this process reads the replication slot itself, and not what a connector makes of it. */
  readonly readsSlot: boolean;
  /** Since when this process has tried to read and failed, milliseconds since 1970; null while it reads or stands by. */
  readonly failingSinceMs: number | null;
  /** The executors that run here at this moment, by name. */
  readonly runs: ReadonlyMap<string, ExecutorRun>;

  /**
   * How far the executors are behind, by name, as far as this process can know. The end of the log is asked for first, so
   * that 0 events means: all that was committed before the question is applied (interfaces 3).
   */
  lags(nowMs: number): Promise<ReadonlyMap<string, Lag>>;
  stop(): Promise<void>;
}
