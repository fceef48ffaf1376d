import type { ModuleTx } from '../database/module-tx.js';
import { assertOwned } from '../reaction/checkpoint.store.js';
import { IncomingChange } from '../reaction/incoming-change.js';
import type { Executor } from '../reaction/executor.js';
import { reactToKey } from '../reaction/react-to-key.js';
import type { Stretch } from '../reaction/reaction.js';
import { StreamMetrics } from '../reaction/stream-metrics.js';
import type { ExecutorRun } from './executor-run.js';
import type { SourceContext } from './source-context.js';
import { moveHorizon, readHorizon } from './sweep-horizon.store.js';

const EVERY_MS = 10 * 60_000;
/** A cause younger than this may still be on its way. */
const GRACE_MS = 60_000;
const LIMIT = 500;

/** True when an executor has applied all that was committed before a moment; milliseconds since 1970. */
export type CaughtUp = (run: ExecutorRun, beforeMs: number) => Promise<boolean>;

/**
 * Looks for causes without effect in the tables themselves, and works them off. Any that it finds would have been lost:
 * it is counted and logged as the error that it is (reliability 3.9).
 */
export class Sweep {
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: SourceContext,
    private readonly runs: () => ReadonlyMap<string, ExecutorRun>,
    private readonly isCaughtUp: CaughtUp,
  ) {}

  start(): void {
    const everyMs = this.context.settings.sweep?.everyMs ?? EVERY_MS;
    this.timer = setInterval(() => {
      this.working = this.working.then(() => this.round());
    }, everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }

  private async round(): Promise<void> {
    for (const run of this.runs().values()) {
      await this.sweep(run).catch((error: unknown) => this.context.log.failed('the sweep failed', error));
    }
  }

  private async sweep(run: ExecutorRun): Promise<void> {
    const { db, log, metrics } = this.context;
    const { executor } = run;
    if (!executor.reaction.overlooked) return;
    const beforeMs = this.context.clock.nowMs() - this.graceMs;
    // What still waits for its turn would be taken for overlooked.
    if (!(await this.isCaughtUp(run, beforeMs))) return;
    const from = await db.bookkeeping((tx) => readHorizon(tx, executor.name));
    const changed = { from, before: new Date(beforeMs).toISOString() };
    // The search holds nothing: the first one of a long history takes a while, and batches go on meanwhile.
    const found = await db.search(executor.module, executor.name, (tx) => this.find(executor, changed, tx));
    if (found.length === 0) return db.bookkeeping((tx) => moveHorizon(tx, executor.name, changed.before));
    const repaired = await db.batch(executor.module, executor.name, (tx) => this.repair(run, found, tx));
    if (repaired.length === 0) return;
    metrics.sweepRepaired.inc(StreamMetrics.labels(executor), repaired.length);
    log.overlooked(executor, repaired);
  }

  private get graceMs(): number {
    return this.context.settings.sweep?.graceMs ?? GRACE_MS;
  }

  /** Parked keys wait for their turn, and what an operator has skipped stays skipped. */
  private async find(executor: Executor, changed: Stretch, tx: ModuleTx): Promise<readonly string[]> {
    const aside = await tx.query<{ key: string }>(
      `SELECT key FROM cdc.parked_key WHERE executor = $1 UNION SELECT key FROM cdc.skipped_event WHERE executor = $1`,
      [executor.name],
    );
    const keys = new Set(aside.map((row) => row.key));
    const found = (await executor.reaction.overlooked?.(changed, LIMIT + keys.size, tx)) ?? [];
    return found.filter((key) => !keys.has(key)).slice(0, LIMIT);
  }

  /** The lanes' rows stay locked, so that neither a batch nor another process works meanwhile. One bad key fails alone. */
  private async repair({ executor, lanes }: ExecutorRun, found: readonly string[], tx: ModuleTx): Promise<string[]> {
    for (const lane of lanes) await assertOwned(tx, lane.id, lane.epoch);
    const repaired: string[] = [];
    for (const key of found) {
      const change = new IncomingChange(executor.contract, key, readEvent(executor.contract.key, key));
      const error = await reactToKey(tx, executor, [change]);
      if (error === null) repaired.push(key);
      else this.context.log.failed(`the sweep could not do ${key} of ${executor.name}`, error);
    }
    return repaired;
  }
}

function readEvent(column: string, key: string) {
  const after = { [column]: key };
  return {
    op: 'r' as const,
    before: null,
    after,
    envelopeJson: () => JSON.stringify({ op: 'r', before: null, after }),
  };
}
