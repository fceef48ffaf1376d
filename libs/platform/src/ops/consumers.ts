import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { ModuleTx } from '../database/module-tx.js';
import { tellReader } from '../embedded-source/control-channel.js';
import { readConsumers, type ConsumerState } from '../reaction/consumer.store.js';
import { CLOCK, type Clock } from '../time/clock.js';
import { ChangeStreamView } from './change-stream-view.js';

/** One executor, as `GET /ops/consumers` shows it (interfaces 3). */
export interface ConsumerStatus {
  readonly executor: string;
  readonly module: string;
  readonly state: ConsumerState;
  readonly lagSeconds: number | null;
  readonly lagEvents: number | null;
  readonly parkedKeys: number;
  readonly secondsSinceProgress: number | null;
  /** Why it is paused, or reads the tables again. */
  readonly reason: string | null;
  /** While it catches up: keys still to be worked through. */
  readonly snapshotKeysLeft: number | null;
}

/** The executors of the installation: how they are, and pausing and resuming them. */
@Injectable()
export class Consumers {
  constructor(
    private readonly db: Database,
    private readonly stream: ChangeStreamView,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(): Promise<ConsumerStatus[]> {
    const lags = await this.stream.lags(this.db, this.clock.nowMs());
    const { consumers, parked, left } = await this.db.bookkeeping(async (tx) => ({
      consumers: await readConsumers(tx),
      parked: await countBy(tx, 'cdc.parked_key'),
      left: await countBy(tx, 'cdc.snapshot_key'),
    }));
    return [...consumers.values()].map(({ executor, module, state, reason }) => {
      const lag = state === 'RUNNING' ? lags.get(executor) : undefined;
      return {
        executor,
        module,
        state,
        lagSeconds: lag?.seconds ?? null,
        lagEvents: lag?.events ?? null,
        parkedKeys: parked.get(executor) ?? 0,
        secondsSinceProgress: lag?.secondsSinceProgress ?? null,
        reason,
        snapshotKeysLeft: state === 'SNAPSHOTTING' || state === 'ONBOARDING' ? (left.get(executor) ?? 0) : null,
      };
    });
  }

  /** Stops an executor until it is resumed; it misses nothing. Null: there is none of that name. */
  async pause(executor: string): Promise<ConsumerState | null> {
    return this.move(
      executor,
      `UPDATE cdc.consumer
          SET reason = CASE state WHEN 'RUNNING' THEN 'by hand' ELSE 'paused: by hand' END,
              state = CASE state WHEN 'RUNNING' THEN 'PAUSED' ELSE 'NEEDS_SNAPSHOT' END,
              floor_pos = NULL, snapshot_pos = NULL, state_since = clock_timestamp()
        WHERE executor = $1 AND state NOT IN ('DISABLED', 'PAUSED')`,
    );
  }

  /** Lets a paused executor go on from where it stopped. Null: there is none of that name. */
  async resume(executor: string): Promise<ConsumerState | null> {
    return this.move(
      executor,
      `UPDATE cdc.consumer SET state = CASE state WHEN 'PAUSED' THEN 'RUNNING' ELSE state END, reason = NULL,
              state_since = clock_timestamp()
        WHERE executor = $1 AND (state = 'PAUSED' OR reason LIKE 'paused%')`,
    );
  }

  private async move(executor: string, statement: string): Promise<ConsumerState | null> {
    return this.db.bookkeeping(async (tx) => {
      const changed = await tx.execute(statement, [executor]);
      if (changed > 0) await tellReader(tx, this.stream.slot, executor);
      return (await readConsumers(tx)).get(executor)?.state ?? null;
    });
  }
}

async function countBy(tx: ModuleTx, table: 'cdc.parked_key' | 'cdc.snapshot_key'): Promise<Map<string, number>> {
  const rows = await tx.query<{ executor: string; count: number }>(
    `SELECT executor, count(*) AS count FROM ${table} GROUP BY executor`,
  );
  return new Map(rows.map((row) => [row.executor, row.count]));
}
