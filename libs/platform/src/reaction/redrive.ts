import type { Database } from '../database/database.js';
import type { ModuleTx } from '../database/module-tx.js';
import { failureKind } from '../database/sqlstate.js';
import type { Clock } from '../time/clock.js';
import type { Executor } from './executor.js';
import { IncomingChange, type SourceEvent } from './incoming-change.js';
import { errorClass, nextRetryAt, reasonOf } from './parking.store.js';
import type { StreamLog } from './stream-log.js';
import { StreamMetrics } from './stream-metrics.js';

/** While keys are parked: how often to look whether one is due, or an operator wants one tried now. */
const LOOK_MS = 1_000;

interface RedriveContext {
  readonly db: Database;
  readonly clock: Clock;
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
    const parked = await this.context.db.bookkeeping((tx) =>
      tx.query<{ executor: string; key: string; due: boolean }>(
        `SELECT executor, key, COALESCE(next_retry_at <= $2, false) AS due FROM cdc.parked_key
          WHERE executor = ANY($1) ORDER BY next_retry_at LIMIT 1000`,
        [executors.map((executor) => executor.name), this.context.clock.now()],
      ),
    );
    for (const executor of executors) {
      const due = parked.filter((row) => row.due && row.executor === executor.name);
      await this.driveAll(
        executor,
        due.map((row) => row.key),
      ).catch((error: unknown) =>
        this.context.log.failed(`trying parked keys of ${executor.name} again failed`, error),
      );
    }
    return parked.length > 0;
  }

  private async driveAll(executor: Executor, keys: readonly string[]): Promise<void> {
    for (const key of keys) if (!this.stopped) await this.drive(executor, key);
  }

  private async drive(executor: Executor, key: string): Promise<void> {
    for (;;) {
      if (this.stopped) return;
      const outcome = await this.driveOne(executor, key);
      if (outcome === 'nothing') return;
      this.context.metrics.redriven.inc({ ...StreamMetrics.labels(executor), result: outcome });
      if (outcome === 'failed') return;
    }
  }

  /** Applies the key's first event, in a transaction of its own; frees the key behind its last one. */
  private async driveOne(executor: Executor, key: string): Promise<Outcome> {
    const { db } = this.context;
    try {
      return await db.batch(executor.module, executor.name, (tx) => applyFirst(tx, executor, key));
    } catch (error) {
      if (failureKind(error) !== 'other') throw error;
      await db.batch(executor.module, executor.name, (tx) => postpone(tx, executor, key, error));
      return 'failed';
    }
  }
}

async function applyFirst(tx: ModuleTx, executor: Executor, key: string): Promise<Outcome> {
  const locked = await tx.query(
    'SELECT 1 FROM cdc.parked_key WHERE executor = $1 AND key = $2 FOR UPDATE SKIP LOCKED',
    [executor.name, key],
  );
  if (locked.length === 0) return 'nothing';
  const [first] = await tx.query<{ seq: number; envelope: string }>(
    'SELECT seq, envelope FROM cdc.parked_event WHERE executor = $1 AND key = $2 ORDER BY seq LIMIT 1',
    [executor.name, key],
  );
  if (!first) {
    await tx.execute('DELETE FROM cdc.parked_key WHERE executor = $1 AND key = $2', [executor.name, key]);
    return 'nothing';
  }
  await executor.reaction.react([new IncomingChange(executor.contract, parkedEvent(key, first.envelope))], tx);
  await tx.execute('DELETE FROM cdc.parked_event WHERE executor = $1 AND key = $2 AND seq = $3', [
    executor.name,
    key,
    first.seq,
  ]);
  return 'done';
}

async function postpone(tx: ModuleTx, executor: Executor, key: string, error: unknown): Promise<void> {
  const [row] = await tx.query<{ attempts: number }>(
    'SELECT attempts + 1 AS attempts FROM cdc.parked_key WHERE executor = $1 AND key = $2 FOR UPDATE',
    [executor.name, key],
  );
  if (!row) return;
  await tx.execute(
    `UPDATE cdc.parked_key SET attempts = $3, next_retry_at = $4, reason = $5, error_class = $6
      WHERE executor = $1 AND key = $2`,
    [executor.name, key, row.attempts, nextRetryAt(row.attempts, tx.clock.nowMs()), reasonOf(error), errorClass(error)],
  );
}

/** An event as it was parked. */
function parkedEvent(key: string, envelope: string): SourceEvent {
  const { op, before, after } = JSON.parse(envelope) as Pick<SourceEvent, 'op' | 'before' | 'after'>;
  return { key, op, before, after, envelopeJson: () => envelope };
}
