import type { ExecutorRun } from '../change-source/executor-run.js';
import type { ChangeEvent, ChangeTransaction } from '../change-stream/change-event.js';
import type { ReaderHandlers } from '../change-stream/reader-handlers.js';
import type { StreamTransaction } from '../reaction/lane-queue.js';
import { laneOf } from './lane-hash.js';

/** Queued changes that are too many for memory, and few enough to read on; bytes. */
const PAUSE_AT_BYTES = 16 * 1024 * 1024;
const RESUME_AT_BYTES = 4 * 1024 * 1024;

/** The stream, as far as it can be held back. */
interface Tap {
  pause(): void;
  resume(): void;
}

/**
 * Hands the changes of the stream to the lanes of the executors that hear them, and holds the stream back while the
 * lanes have too much. What arrives before `release` waits until the lanes are there.
 */
export class Dispatcher {
  private readonly running = new Map<string, ExecutorRun>();
  private readonly hearers = new Map<string, ExecutorRun[]>();
  private transaction: StreamTransaction | null = null;
  private held: (() => void)[] | null = [];
  private paused = false;
  private closed = false;

  constructor(
    private readonly tap: Tap,
    private readonly committed: () => void,
  ) {}

  /** The executors that run here, by name. */
  get runs(): ReadonlyMap<string, ExecutorRun> {
    return this.running;
  }

  /** True once what arrives reaches the lanes. */
  get released(): boolean {
    return this.held === null;
  }

  /** What the reader tells of the stream. */
  handlers(closed: ReaderHandlers['onClosed']): ReaderHandlers {
    return {
      onBegin: (transaction) => this.whenReleased(() => this.begin(transaction)),
      onChange: (event) => this.whenReleased(() => this.change(event)),
      onCommit: (_transaction, endLsn) => this.whenReleased(() => this.commit(endLsn)),
      onKeepalive: () => undefined,
      onClosed: closed,
    };
  }

  add(run: ExecutorRun): void {
    this.running.set(run.executor.name, run);
    this.listen();
  }

  /** Its queue is gone with it, and perhaps it was what held the stream back. */
  remove(executor: string): void {
    this.running.delete(executor);
    this.listen();
    this.drained();
  }

  /** Stops to read until the lanes are there; nothing that arrives is lost. */
  hold(): void {
    if (this.held) this.tap.pause();
  }

  release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const handle of held) handle();
    if (!this.paused && !this.closed) this.tap.resume();
  }

  /** Nothing more is read. */
  close(): void {
    this.closed = true;
    this.tap.pause();
  }

  /** A lane has applied something: reads on when enough of it is gone. */
  drained(): void {
    if (!this.paused || this.closed || this.queuedBytes > RESUME_AT_BYTES) return;
    this.paused = false;
    this.tap.resume();
  }

  /** Bytes of the changes that wait in the lanes. */
  private get queuedBytes(): number {
    let bytes = 0;
    for (const run of this.running.values()) for (const lane of run.lanes) bytes += lane.bytes;
    return bytes;
  }

  private listen(): void {
    this.hearers.clear();
    for (const run of this.running.values()) {
      const collection = `${run.executor.contract.schema}.${run.executor.contract.table}`;
      this.hearers.set(collection, [...(this.hearers.get(collection) ?? []), run]);
    }
  }

  private begin({ xid, commitLsn, commitTimeUs }: ChangeTransaction): void {
    this.transaction = { xid, commitLsn, endLsn: null, committedAtMs: Math.floor(commitTimeUs / 1000) };
  }

  private change(event: ChangeEvent): void {
    const hearers = this.hearers.get(event.collection);
    if (!hearers || !this.transaction) return;
    for (const run of hearers) deliver(run, event, this.transaction);
    if (this.paused || this.queuedBytes <= PAUSE_AT_BYTES) return;
    this.paused = true;
    this.tap.pause();
  }

  private commit(endLsn: bigint): void {
    if (this.transaction) this.transaction.endLsn = endLsn;
    this.transaction = null;
    this.committed();
  }

  private whenReleased(handle: () => void): void {
    if (this.held) this.held.push(handle);
    else handle();
  }
}

/** Hands an event to the lane of its key. */
function deliver(run: ExecutorRun, event: ChangeEvent, transaction: StreamTransaction): void {
  run.expect();
  const lane = run.lanes.length === 1 ? 0 : laneOf(event.keyJson() ?? '', run.lanes.length);
  run.lanes[lane]?.accept(event, transaction);
}
