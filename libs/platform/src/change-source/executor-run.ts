import { CircuitBreaker } from '../reaction/circuit-breaker.js';
import type { Executor } from '../reaction/executor.js';
import type { Lane } from '../reaction/lane.js';

/** An executor that runs in this process: the lanes that it has here, and how it gets on. */
export class ExecutorRun {
  readonly breaker: CircuitBreaker;
  lanes: readonly Lane[] = [];
  private progressMs: number;

  constructor(
    readonly executor: Executor,
    private readonly nowMs: () => number,
  ) {
    this.breaker = new CircuitBreaker(nowMs);
    this.progressMs = nowMs();
  }

  /** A batch was applied. */
  progressed(): void {
    this.progressMs = this.nowMs();
  }

  /** Changes are about to be handed to the lanes: time without work is no lack of progress. */
  expect(): void {
    if (this.lanes.every((lane) => lane.idle)) this.progressed();
  }

  /** Seconds since a batch was applied, or since the lanes had nothing to do. */
  secondsSinceProgress(nowMs: number): number {
    if (this.lanes.every((lane) => lane.idle)) this.progressMs = nowMs;
    return Math.max(0, nowMs - this.progressMs) / 1000;
  }

  /** Finishes the batches at hand; the lanes keep their places. */
  async stop(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.stop()));
  }
}
