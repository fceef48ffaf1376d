import { Inject, Injectable } from '@nestjs/common';
import { keysLeftByExecutor } from '../catch-up/snapshot-keys.store.js';
import { Database } from '../database/database.js';
import type { ModuleTx } from '../database/module-tx.js';
import { tellReader } from '../change-source/control-channel.js';
import {
  pauseConsumer,
  readConsumers,
  resumeConsumer,
  type Consumer,
  type ConsumerState,
} from '../reaction/consumer.store.js';
import { CLOCK, type Clock } from '../time/clock.js';
import { ChangeStreamView } from './change-stream-view.js';
import { SWITCHABLE_MODULES, type SwitchableModule } from './switchable-module.js';

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

/**
 * The executors that this program is built with: how they are, and pausing and resuming them. The rows of others, which
 * another version has left behind or is running, are not its business: nothing here could tell their lag or let them go on.
 */
@Injectable()
export class Consumers {
  private readonly built: ReadonlySet<string>;

  constructor(
    private readonly db: Database,
    private readonly stream: ChangeStreamView,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SWITCHABLE_MODULES) modules: readonly SwitchableModule[],
  ) {
    this.built = new Set(modules.flatMap((module) => module.consumers(true)).map(({ executor }) => executor));
  }

  async list(): Promise<ConsumerStatus[]> {
    const lags = await this.stream.lags(this.clock.nowMs());
    const { consumers, parked, left } = await this.db.bookkeeping(async (tx) => ({
      consumers: await readConsumers(tx),
      parked: await parkedKeys(tx),
      left: await keysLeftByExecutor(tx),
    }));
    const built = [...consumers.values()].filter(({ executor }) => this.built.has(executor));
    return built.map((consumer) => {
      const { executor, module, state } = consumer;
      // What waits for a paused one is known where it waits in a topic.
      const lag = state === 'RUNNING' || state === 'PAUSED' ? lags.get(executor) : undefined;
      return {
        executor,
        module,
        state,
        lagSeconds: lag?.seconds ?? null,
        lagEvents: lag?.events ?? null,
        parkedKeys: parked.get(executor) ?? 0,
        secondsSinceProgress: lag?.secondsSinceProgress ?? null,
        reason: shownReason(consumer),
        snapshotKeysLeft: state === 'SNAPSHOTTING' || state === 'ONBOARDING' ? (left.get(executor) ?? 0) : null,
      };
    });
  }

  /** Stops an executor until it is resumed; it misses nothing. Null: there is none of that name. */
  async pause(executor: string): Promise<ConsumerState | null> {
    return this.change(executor, (tx) => pauseConsumer(tx, executor, 'by hand'));
  }

  /** Lets a paused executor go on from where it stopped. Null: there is none of that name. */
  async resume(executor: string): Promise<ConsumerState | null> {
    return this.change(executor, (tx) => resumeConsumer(tx, executor));
  }

  private async change(executor: string, write: (tx: ModuleTx) => Promise<boolean>): Promise<ConsumerState | null> {
    if (!this.built.has(executor)) return null;
    return this.db.bookkeeping(async (tx) => {
      if (await write(tx)) await tellReader(tx, this.stream.slot, executor);
      return (await readConsumers(tx)).get(executor)?.state ?? null;
    });
  }
}

/** Of one that waits for a person before it catches up, the state alone does not tell that. */
function shownReason({ state, held, reason }: Consumer): string | null {
  return held && state !== 'PAUSED' ? `paused: ${reason ?? 'by hand'}` : reason;
}

async function parkedKeys(tx: ModuleTx): Promise<Map<string, number>> {
  const rows = await tx.query<{ executor: string; count: number }>(
    'SELECT executor, count(*) AS count FROM cdc.parked_key GROUP BY executor',
  );
  return new Map(rows.map((row) => [row.executor, row.count]));
}
