import { LaneWatch } from '../change-source/lane-watch.js';
import type { SourceContext } from '../change-source/source-context.js';
import type { StaleOwner } from '../reaction/checkpoint.store.js';
import { CircuitBreaker } from '../reaction/circuit-breaker.js';
import { moveConsumer } from '../reaction/consumer.store.js';
import type { Executor } from '../reaction/executor.js';
import { Lane } from '../reaction/lane.js';
import { ownPace } from '../reaction/lane-pace.js';
import { StreamMetrics } from '../reaction/stream-metrics.js';
import type { Onboarding } from './onboarding.store.js';
import { readRows, type RowReader } from './read-rows.js';
import { keysAfter, keysLeft, type SnapshotKey } from './snapshot-keys.store.js';

const CHUNK = 1_000;
const PROGRESS_EVERY = 10_000;

/**
 * Works the copied keys through like events of a stream whose positions are ordinals: same batches, same fence, same
 * parking. False: it was stopped, or the executor halted, and continues at its ordinal another time.
 */
export async function workThroughKeys(
  context: SourceContext,
  { executor, lane: id, checkpoint }: Onboarding,
  signal: AbortSignal,
): Promise<boolean> {
  const work = new KeyWork(context, executor);
  const pace = ownPace(context.db, executor, () => 0);
  const lane = new Lane(context.db, executor, id, checkpoint, work.watch, pace);
  const stop = () => work.finish(false);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    return await work.run(
      lane,
      await readRows(context.settings.replicationUrl, context.settings.topicPrefix, executor.contract),
    );
  } finally {
    signal.removeEventListener('abort', stop);
    await lane.stop();
  }
}

class KeyWork {
  readonly watch: LaneWatch;
  private notify: () => void = () => undefined;
  private over: boolean | null = null;
  private lost: StaleOwner | null = null;

  constructor(
    private readonly context: SourceContext,
    private readonly executor: Executor,
  ) {
    const breaker = new CircuitBreaker(() => context.clock.nowMs());
    this.watch = new LaneWatch(context, executor, breaker, {
      drained: () => this.notify(),
      halted: (reason) => void this.hold(reason),
      lost: (error) => this.fail(error),
      parked: () => undefined,
    });
  }

  private fail(error: StaleOwner): void {
    this.lost = error;
    this.finish(false);
  }

  finish(complete: boolean): void {
    this.over ??= complete;
    this.notify();
  }

  async run(lane: Lane, rows: RowReader): Promise<boolean> {
    const { db, metrics, log } = this.context;
    const labels = StreamMetrics.labels(this.executor);
    let left = await db.bookkeeping((tx) => keysLeft(tx, this.executor, lane.position.pos));
    const total = left;
    while (this.over === null) {
      metrics.snapshotKeysLeft.set(labels, left);
      const keys = await db.bookkeeping((tx) => keysAfter(tx, this.executor, lane.position.pos, CHUNK));
      if (keys.length === 0) this.finish(true);
      const events = await db.batch(this.executor.module, this.executor.name, (tx) => rows(tx, keys));
      keys.forEach((key, nth) => lane.accept(events[nth]!, transactionOf(key)));
      await this.drained(lane);
      left -= keys.length;
      if ((total - left) % PROGRESS_EVERY < CHUNK && left > 0) log.progress(this.executor.name, total - left, total);
    }
    if (this.lost) throw this.lost;
    return this.over;
  }

  private async drained(lane: Lane): Promise<void> {
    while (lane.waiting > 0 && this.over === null) {
      await new Promise<void>((resolve) => (this.notify = resolve));
    }
  }

  /** A failure that is not the keys' fault: it waits for a person, who resumes it. */
  private async hold(reason: string): Promise<void> {
    await this.context.db
      .bookkeeping((tx) =>
        moveConsumer(tx, this.executor.name, { state: 'NEEDS_SNAPSHOT', held: true, reason }, ['SNAPSHOTTING']),
      )
      .catch((error: unknown) => this.context.log.failed('pausing a catch-up failed', error));
    this.finish(false);
  }
}

/** The n-th key stands between the positions n-1 and n. */
function transactionOf(key: SnapshotKey) {
  return { commitLsn: BigInt(key.ordinal) - 1n, endLsn: BigInt(key.ordinal), committedAtMs: Date.now() };
}
