import type { Database } from '../database/database.js';
import type { ModuleTx } from '../database/module-tx.js';
import type { Executor } from './executor.js';
import { IncomingChange, type SourceEvent } from './incoming-change.js';
import { dropParked, firstParked, freeKey, lockParked, parkedKeysOf, postpone } from './parked-queue.store.js';
import { reactToKey } from './react-to-key.js';
import type { StreamLog } from './stream-log.js';
import { StreamMetrics } from './stream-metrics.js';

/** While keys are parked: how often to look whether one is due, or an operator wants one tried now. */
const LOOK_MS = 1_000;

interface RedriveContext {
  readonly db: Database;
  readonly log: StreamLog;
  readonly metrics: StreamMetrics;
}

type Outcome = 'done' | 'failed' | 'nothing';

/** Tries parked keys again, their events in order, until the queue is empty (reliability 3.8). */
export class Redrive {
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> = Promise.resolve();
  private stopped = false;

  /** @param running the executors that run at this moment: one that has been paused is left alone */
  constructor(
    private readonly context: RedriveContext,
    private readonly running: () => readonly Executor[],
  ) {}

  /** Something was parked: look after it. Without parked keys nothing is polled. */
  poke(): void {
    if (this.timer || this.stopped) return;
    this.timer = setTimeout(() => {
      this.working = this.round()
        .catch((error: unknown) => {
          this.context.log.failed('trying parked keys again failed', error);
          return true;
        })
        .then((parked) => {
          this.timer = null;
          if (parked) this.poke();
        });
    }, LOOK_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.working;
  }

  /** Drives all due keys; true while any key is parked. A failure that is not a key's own ends its executor's turn only. */
  private async round(): Promise<boolean> {
    const executors = this.running();
    const names = executors.map((executor) => executor.name);
    const parked = await this.context.db.bookkeeping((tx) => parkedKeysOf(tx, names));
    for (const executor of executors) {
      const due = parked.filter((row) => row.due && row.executor === executor.name).map((row) => row.key);
      await this.driveAll(executor, due).catch((error: unknown) =>
        this.context.log.failed(`trying parked keys of ${executor.name} again failed`, error),
      );
    }
    return parked.length > 0;
  }

  private async driveAll(executor: Executor, keys: readonly string[]): Promise<void> {
    for (const key of keys) if (!this.stopped) await this.drive(executor, key);
  }

  /** Applies the key's events in order, each in a transaction of its own; frees the key behind its last one. */
  private async drive(executor: Executor, key: string): Promise<void> {
    const { db, metrics } = this.context;
    while (!this.stopped) {
      const outcome = await db.batch(executor.module, executor.name, (tx) => driveFirst(tx, executor, key));
      if (outcome === 'nothing') return;
      metrics.redriven.inc({ ...StreamMetrics.labels(executor), result: outcome });
      if (outcome === 'failed') return;
    }
  }
}

/** One key's turn, under its row's lock: its first event is applied, or the key waits longer. */
async function driveFirst(tx: ModuleTx, executor: Executor, key: string): Promise<Outcome> {
  const parked = await lockParked(tx, executor.name, key);
  if (!parked) return 'nothing';
  const first = await firstParked(tx, executor.name, key);
  if (!first) {
    await freeKey(tx, executor.name, key);
    return 'nothing';
  }
  const change = new IncomingChange(executor.contract, key, parkedEvent(first.envelope));
  const error = await reactToKey(tx, executor, [change]);
  if (error === null) await dropParked(tx, executor.name, key, first.seq);
  else await postpone(tx, executor.name, key, { attempts: parked.attempts + 1, error });
  return error === null ? 'done' : 'failed';
}

/** An event as it was parked. */
function parkedEvent(envelope: string): SourceEvent {
  const { op, before, after, fault } = JSON.parse(envelope) as Omit<SourceEvent, 'envelopeJson'>;
  return { op, before, after, fault, envelopeJson: () => envelope };
}
