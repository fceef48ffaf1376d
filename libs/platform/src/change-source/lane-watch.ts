import { codeOf } from '../database/sqlstate.js';
import type { Batch, BatchOutcome } from '../reaction/apply-batch.js';
import type { CircuitBreaker } from '../reaction/circuit-breaker.js';
import type { StaleOwner } from '../reaction/checkpoint.store.js';
import type { Executor, LaneId } from '../reaction/executor.js';
import type { IncomingChange } from '../reaction/incoming-change.js';
import type { LaneObserver } from '../reaction/lane-observer.js';
import { reasonOf } from '../reaction/parking.store.js';
import { StreamMetrics } from '../reaction/stream-metrics.js';
import type { SourceContext } from './source-context.js';

/** An effect of the same id and other content is there already: a fault of ours, never of the event's. */
const EFFECT_CONFLICT = 'effect-conflict';

/** What a source does about what a lane tells. */
export interface LaneEvents {
  drained(): void;
  halted(reason: string): void;
  lost(error: StaleOwner): void;
  parked(): void;
}

/** Counts and logs what the lanes of an executor do, and passes on what the source must act on. */
export class LaneWatch implements LaneObserver {
  private hasHalted = false;

  constructor(
    private readonly context: SourceContext,
    private readonly executor: Executor,
    private readonly breaker: CircuitBreaker,
    private readonly events: LaneEvents,
  ) {}

  applied(batch: Batch, outcome: BatchOutcome, ms: number): void {
    const { executor } = this;
    const labels = StreamMetrics.labels(executor);
    const { metrics, log } = this.context;
    metrics.batchSeconds.observe(labels, ms / 1000);
    metrics.batchSize.observe(labels, batch.changes.length);
    this.count(outcome.applied, 'applied');
    this.count(outcome.parked, 'parked');
    this.breaker.worked(new Set(batch.changes.map(({ key }) => key)).size);
    this.breaker.parked(batch.lane.part, outcome.newlyParked.length);
    if (outcome.newlyParked.length > 0) {
      log.parked(executor, outcome.newlyParked);
      this.events.parked();
    }
    this.events.drained();
  }

  private count(changes: readonly IncomingChange[], result: 'applied' | 'parked'): void {
    const { executor, context } = this;
    const labels = { ...StreamMetrics.labels(executor), table: executor.contract.table, result };
    for (const op of new Set(changes.map(({ kind }) => kind)))
      context.metrics.events.inc({ ...labels, op }, changes.filter(({ kind }) => kind === op).length);
  }

  retried(executor: Executor, error: unknown, waitMs: number): void {
    this.context.metrics.retries.inc({ ...StreamMetrics.labels(executor), sqlstate: codeOf(error) || 'none' });
    this.context.log.retried(executor, error, waitMs);
  }

  recovered(): void {
    this.events.drained();
  }

  skipped(executor: Executor): void {
    this.context.metrics.skipped.inc(StreamMetrics.labels(executor));
  }

  halted(executor: Executor, error: unknown): void {
    this.context.log.halted(executor, error);
    // Several lanes may find the same fault; one that tells it later must not hold an executor that was resumed meanwhile.
    if (!this.hasHalted) this.events.halted(reasonOf(error));
    this.hasHalted = true;
  }

  lost(error: StaleOwner): void {
    this.context.metrics.fenceRejected.inc(StreamMetrics.labels(this.executor));
    this.events.lost(error);
  }

  mayPark(lane: LaneId, keys: number, error: unknown): void {
    if (codeOf(error) === EFFECT_CONFLICT)
      this.context.metrics.effectConflicts.inc(StreamMetrics.labels(this.executor));
    this.breaker.permit(lane.part, keys);
  }
}
