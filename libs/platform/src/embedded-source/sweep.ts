import type { ModuleTx } from '../database/module-tx.js';
import { assertOwned } from '../reaction/checkpoint.store.js';
import { IncomingChange } from '../reaction/incoming-change.js';
import { parkedAmong } from '../reaction/parking.store.js';
import { StreamMetrics } from '../reaction/stream-metrics.js';
import type { SourceContext } from './embedded-source.js';
import type { ExecutorRun } from './executor-run.js';

const EVERY_MS = 10 * 60_000;
/** A cause younger than this may still be on its way. */
const GRACE_MS = 60_000;
const LIMIT = 500;

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
    const runs = [...this.runs().values()];
    // Work that waits is no work that was overlooked.
    if (runs.some((run) => run.lanes.some((lane) => !lane.idle))) return;
    for (const run of runs) {
      await this.sweep(run).catch((error: unknown) => this.context.log.failed('the sweep failed', error));
    }
  }

  private async sweep(run: ExecutorRun): Promise<void> {
    const { db, log, metrics } = this.context;
    const { executor } = run;
    if (!executor.reaction.overlooked) return;
    const keys = await db.batch(executor.module, executor.name, (tx) => this.repair(run, tx));
    if (keys.length === 0) return;
    metrics.sweepRepaired.inc(StreamMetrics.labels(executor), keys.length);
    log.overlooked(executor, keys);
  }

  /** The lanes' rows stay locked, so that neither a batch nor another process works meanwhile. */
  private async repair({ executor, lanes }: ExecutorRun, tx: ModuleTx): Promise<string[]> {
    for (const lane of lanes) await assertOwned(tx, lane.id, lane.epoch);
    const graceMs = this.context.settings.sweep?.graceMs ?? GRACE_MS;
    const before = new Date(this.context.clock.nowMs() - graceMs).toISOString();
    const found = (await executor.reaction.overlooked?.(before, LIMIT, tx)) ?? [];
    if (found.length === 0) return [];
    const parked = await parkedAmong(tx, executor.name, found);
    const keys = found.filter((key) => !parked.has(key));
    const changes = keys.map((key) => new IncomingChange(executor.contract, readEvent(executor.contract.key, key)));
    if (changes.length > 0) await executor.reaction.react(changes, tx);
    return keys;
  }
}

function readEvent(column: string, key: string) {
  const after = { [column]: key };
  return {
    op: 'r' as const,
    key,
    before: null,
    after,
    envelopeJson: () => JSON.stringify({ op: 'r', before: null, after }),
  };
}
