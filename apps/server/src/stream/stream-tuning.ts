import type { Executor } from '@orderkeel/platform';

/** What may be tuned from outside the configuration: by tests that disturb the stream. */
export interface StreamTuning {
  /** Changes the executors before they run, e.g. to repeat what a reaction hears. */
  executors?(executors: readonly Executor[]): readonly Executor[];
  /** Milliseconds; an executor may be made to wait so that contracts overtake each other. */
  batchWaitMs?(executor: Executor, restedMs: number): number;
  readonly walSenderTimeoutMs?: number;
  readonly sweep?: { readonly everyMs: number; readonly graceMs: number };
  /** WAL that an executor may hold back, bytes. */
  readonly maxRetainedBytes?: bigint;
}
