import type { ExecutorRun } from '../change-source/executor-run.js';
import { readAck, writeAck } from './ack.store.js';
import type { EmbeddedContext } from './embedded-source.js';
import { readHolds, type SlotHold } from './slot-holds.store.js';

const TICK_MS = 500;
/** Shortest time between two acknowledgements under load, and when idle. */
const BUSY_MS = 2_000;
const IDLE_MS = 10_000;
/** An idle system acknowledges only after so much foreign WAL: each acknowledgement is WAL itself (reliability 3.4). */
const IDLE_BYTES = 1024n * 1024n;

/** What the acknowledger must know of the reign. */
export interface Reign {
  readonly runs: ReadonlyMap<string, ExecutorRun>;
  readonly reader: { readonly receivedLsn: bigint; acknowledge(lsn: bigint): void };
}

/**
 * Tells the slot what may be forgotten: the least of what the executors have made durable. Executors that are paused or
 * catching up hold it; disabled ones do not.
 */
export class Acknowledger {
  /** What was persisted and sent last. */
  private acknowledged = 0n;
  private holds: readonly SlotHold[] = [];
  private asked = 0;
  private answered = 0;
  private commitsSince = false;
  private lastMs = 0;
  private started = false;
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: EmbeddedContext,
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

  /**
   * Reads anew from where on the database knows that executors hold the slot; it counts for those that do not run here.
   * Who asks has written something that the answer must show, so an answer that comes behind a later one is old.
   */
  async refresh(): Promise<void> {
    this.asked += 1;
    const turn = this.asked;
    const holds = await this.context.db.bookkeeping((tx) => readHolds(tx, this.context.settings.slot));
    if (turn < this.answered) return;
    this.answered = turn;
    this.holds = holds;
  }

  /** From where on anybody still needs what the slot keeps; null: all that was received is durable for everybody. */
  get heldFrom(): bigint | null {
    const { runs } = this.reign;
    const others = this.holds.filter(({ executor }) => !runs.has(executor)).map(({ from }) => from);
    const lanes = [...runs.values()].flatMap((run) => run.lanes).filter((lane) => !lane.idle);
    return least([...others, ...lanes.map((lane) => lane.position.pos)]);
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
      .catch((error: unknown) =>
        this.context.log.failed('acknowledging the change stream failed; trying again', error),
      );
  }

  /** Everything below it is durable for everybody. Capture `received` first: what comes later does not count. */
  private floor(received: bigint): bigint {
    return least([received, this.heldFrom ?? received])!;
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
}

function least(positions: readonly bigint[]): bigint | null {
  return positions.reduce<bigint | null>((min, each) => (min === null || each < min ? each : min), null);
}
