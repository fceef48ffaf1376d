import type { ExecutorRun } from '../change-source/executor-run.js';
import type { EmbeddedContext } from './embedded-source.js';
import { endOfWal } from './slot.js';
import { letGoBelow } from './slot-holds.store.js';

const LOOK_MS = 5_000;

/** What the limit must know and ask of the reign. */
interface LimitedReign {
  readonly runs: ReadonlyMap<string, ExecutorRun>;
  end(error: Error | null): void;
}

/** The slot's acknowledgement, as far as the limit watches it. */
interface Held {
  readonly heldFrom: bigint | null;
  refresh(): Promise<void>;
}

/**
 * Sends whoever holds back too much WAL to the tables, so that no executor fills the disk (reliability 3.7). Measured up
 * to the end of the server's log, on its own schedule: a stream that is held back neither receives nor acknowledges.
 */
export class WalLimit {
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: EmbeddedContext,
    private readonly reign: LimitedReign,
    private readonly slot: Held,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.working = this.working
        .then(() => this.look())
        .catch((error: unknown) => this.context.log.failed('looking at the WAL limit failed; trying again', error));
    }, LOOK_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }

  /** Asks the server nothing while nobody holds anything, so that an idle system stays idle. */
  async look(): Promise<void> {
    const { db, settings, log } = this.context;
    if (this.slot.heldFrom === null) return;
    const gone = await db.bookkeeping(async (tx) => {
      const limit = (await endOfWal(tx)) - settings.maxRetainedBytes;
      return letGoBelow(tx, settings.slot, limit, this.advancing(limit));
    });
    if (gone.length === 0) return;
    log.overdue(gone.map(({ executor }) => executor));
    await this.slot.refresh();
    // Who ran, or was catching up, begins anew with the tables. One whose batch hangs does not keep the reign from ending.
    if (gone.some(({ held }) => !held)) this.reign.end(null);
  }

  /** Who runs here and waits for nothing older: its stored place may be old, since idle lanes are moved now and then. */
  private advancing(limit: bigint): string[] {
    const runs = [...this.reign.runs.values()];
    const inTime = runs.filter((run) => run.lanes.every((lane) => (lane.needsFrom ?? limit) >= limit));
    return inTime.map((run) => run.executor.name);
  }
}
