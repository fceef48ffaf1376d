import { Injectable } from '@nestjs/common';
import type { EmbeddedSource } from '../embedded-source/embedded-source.js';
import { lagOf, receivedUpTo, type Lag } from '../embedded-source/lag.js';
import { parseLsn } from '../change-stream/lsn.js';
import type { Database } from '../database/database.js';

/** What operations see of the change stream; the server attaches it once it runs. */
@Injectable()
export class ChangeStreamView {
  private source: EmbeddedSource | null = null;
  slot = '';

  attach(source: EmbeddedSource, slot: string): void {
    this.source = source;
    this.slot = slot;
  }

  /** True when this process reads the stream. */
  get leading(): boolean {
    return this.source?.leading != null;
  }

  /**
   * The lag of each executor that runs here. The end of the log is asked for first and waited for, so that 0 means: all
   * that was committed before the question is applied (interfaces 3).
   */
  async lags(db: Database, nowMs: number): Promise<ReadonlyMap<string, Lag>> {
    const leadership = this.source?.leading;
    if (!leadership) return new Map();
    const [row] = await db.bookkeeping((tx) =>
      tx.query<{ lsn: string }>('SELECT pg_current_wal_flush_lsn()::text AS lsn'),
    );
    const received = await receivedUpTo(leadership, parseLsn(row!.lsn));
    const lags = new Map<string, Lag>();
    for (const [name, run] of leadership.runs) {
      const lag = lagOf(run, nowMs);
      lags.set(name, received ? lag : { ...lag, events: null });
    }
    return lags;
  }

  /** The lanes that this process owns. */
  ownedLanes(): { executor: string; module: string; part: number; epoch: number }[] {
    const runs = [...(this.source?.leading?.runs.values() ?? [])];
    return runs.flatMap(({ executor: { name, module }, lanes }) =>
      lanes.map(({ id, epoch }) => ({ executor: name, module, part: id.part, epoch })),
    );
  }

  /** What is known without asking the server: for metrics and for liveness. */
  knownLags(nowMs: number): ReadonlyMap<string, Lag> {
    const runs = this.source?.leading?.runs ?? new Map<string, never>();
    return new Map([...runs].map(([name, run]) => [name, lagOf(run, nowMs)]));
  }
}
