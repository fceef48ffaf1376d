import type { SourceContext } from './embedded-source.js';
import type { ExecutorRun } from './executor-run.js';
import { demoteBelow } from './demotion.js';
import { readAck, writeAck } from './slot.js';

const TICK_MS = 500;
/** Shortest time between two acknowledgements under load, and when idle. */
const BUSY_MS = 2_000;
const IDLE_MS = 10_000;
/** An idle system acknowledges only after so much foreign WAL: each acknowledgement is WAL itself (reliability 3.4). */
const IDLE_BYTES = 1024n * 1024n;

/** What the acknowledger must know and ask of the reign. */
export interface Reign {
  readonly runs: ReadonlyMap<string, ExecutorRun>;
  readonly reader: { readonly receivedLsn: bigint; acknowledge(lsn: bigint): void };
  drop(executor: string, reason: string, state: 'NEEDS_SNAPSHOT'): Promise<void>;
  end(error: Error | null): void;
}

/**
 * Tells the slot what may be forgotten: the least of what the executors have made durable. Executors that are paused or
 * catching up hold it; disabled ones do not.
 */
export class Acknowledger {
  /** What was persisted and sent last. */
  acknowledged = 0n;
  private othersFloor: bigint | null = null;
  private commitsSince = false;
  private lastMs = 0;
  private started = false;
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: SourceContext,
    private readonly reign: Reign,
    private readonly sourceId: string,
  ) {}

  /** Reads where the last reign left off. */
  async begin(): Promise<void> {
    const ack = await this.context.db.bookkeeping((tx) => readAck(tx, this.context.settings.slot));
    this.acknowledged = ack?.upTo ?? 0n;
    await this.refresh();
  }

  start(): void {
    this.started = true;
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  /** A transaction of the stream has ended. */
  committed(): void {
    this.commitsSince = true;
  }

  /**
   * Acknowledges once more what is durable now; for a stop in order. A reign that ended before it began knows of no
   * lanes, would take all for done, and must say nothing.
   */
  async stop(): Promise<void> {
    if (!this.started) return;
    clearInterval(this.timer);
    await this.working;
    await this.acknowledge().catch((error: unknown) =>
      this.context.log.failed('the last acknowledgement failed', error),
    );
  }

  /** Reads anew how far the executors that do not run here hold the slot; `leaving` is about to be one of them. */
  async refresh(leaving?: string): Promise<void> {
    const running = [...this.reign.runs.keys()].filter((name) => name !== leaving);
    const [row] = await this.context.db.bookkeeping((tx) =>
      tx.query<{ floor: string | null }>(
        `SELECT min(CASE WHEN c.state IN ('ONBOARDING', 'SNAPSHOTTING') THEN c.floor_pos ELSE p.pos END) AS floor
           FROM cdc.consumer c LEFT JOIN cdc.checkpoint p ON p.executor = c.executor AND p.stream = $1
          WHERE c.state IN ('RUNNING', 'PAUSED', 'ONBOARDING', 'SNAPSHOTTING') AND NOT c.executor = ANY($2)`,
        [this.context.settings.slot, running],
      ),
    );
    this.othersFloor = row?.floor == null ? null : BigInt(row.floor);
  }

  private tick(): void {
    const now = performance.now();
    const received = this.reign.reader.receivedLsn;
    const busy = this.commitsSince && now - this.lastMs >= BUSY_MS;
    const idle = now - this.lastMs >= IDLE_MS && this.floor(received) - this.acknowledged >= IDLE_BYTES;
    if (!busy && !idle) return;
    this.lastMs = now;
    this.working = this.working
      .then(() => this.acknowledge())
      .then(() => this.demoteOverdue())
      .catch((error: unknown) =>
        this.context.log.failed('acknowledging the change stream failed; trying again', error),
      );
  }

  /** Everything below it is durable for everybody. Capture `received` first: what comes later does not count. */
  private floor(received: bigint): bigint {
    let floor = this.othersFloor !== null && this.othersFloor < received ? this.othersFloor : received;
    for (const run of this.reign.runs.values()) {
      for (const lane of run.lanes) if (!lane.idle && lane.position.pos < floor) floor = lane.position.pos;
    }
    return floor;
  }

  private async acknowledge(): Promise<void> {
    const { db, settings } = this.context;
    const received = this.reign.reader.receivedLsn;
    const upTo = this.floor(received);
    if (upTo <= this.acknowledged) return;
    const idle = [...this.reign.runs.values()]
      .flatMap((run) => run.lanes)
      .filter((lane) => lane.idle && lane.position.pos < received);
    const moves = idle.map((lane) => ({ ...lane.id, ...lane.position, epoch: lane.epoch }));
    const written = db.bookkeeping((tx) =>
      writeAck(tx, { slot: settings.slot, upTo, sourceId: this.sourceId }, { lanes: moves, to: received }),
    );
    await Promise.all(idle.map((lane) => lane.moveWhileIdle(() => written.then(() => ({ pos: received, idx: 0 })))));
    await written;
    this.commitsSince = false;
    this.acknowledged = upTo;
    this.reign.reader.acknowledge(upTo);
  }

  /** Who holds back too much WAL catches up from the tables instead, so that no executor fills the disk (reliability 3.7). */
  private async demoteOverdue(): Promise<void> {
    const { settings, log } = this.context;
    const limit = this.reign.reader.receivedLsn - settings.maxRetainedBytes;
    const overdue = [...this.reign.runs.values()].filter((run) =>
      run.lanes.some((lane) => !lane.idle && lane.position.pos < limit),
    );
    for (const run of overdue) await this.reign.drop(run.executor.name, 'it held back too much WAL', 'NEEDS_SNAPSHOT');
    if (overdue.length > 0) log.overdue(overdue.map((run) => run.executor.name));
    if (this.othersFloor !== null && this.othersFloor < limit) await this.demoteOthers(limit);
    if (overdue.length > 0) this.reign.end(null);
  }

  private async demoteOthers(limit: bigint): Promise<void> {
    const { db, settings, log } = this.context;
    const demoted = await db.bookkeeping((tx) => demoteBelow(tx, settings.slot, limit));
    if (demoted.length > 0) log.overdue(demoted.map(({ executor }) => executor));
    await this.refresh();
    if (demoted.some(({ wasPaused }) => !wasPaused)) this.reign.end(null);
  }
}
