import type { Contract } from '../contract/contract.js';
import type { LaneId } from './executor.js';
import { IncomingChange, type SourceEvent } from './incoming-change.js';
import { isApplied, type AppliedRecord, type Position } from './position.js';

/** A transaction of the stream; its end LSN is known once its commit was read. A topic's record is one, from offset to offset. */
export interface StreamTransaction {
  /** Absent for what was read from the tables, which is visible. */
  readonly xid?: number;
  readonly commitLsn: bigint;
  endLsn: bigint | null;
  /** Milliseconds since 1970. */
  readonly committedAtMs: number;
}

/** An event of the stream, with its place. */
export interface StreamEvent extends SourceEvent {
  /** Null or empty where the stream tells none: a delete whose key lies outside the replica identity. */
  readonly key: string | null;
  readonly position: { readonly commitLsn: bigint; readonly index: number };
  /** Memory it holds. */
  readonly bytes: number;
  /** What it is known by again, in a topic. */
  readonly record?: AppliedRecord;
}

interface Entry {
  readonly change: IncomingChange;
  readonly event: StreamEvent;
  readonly transaction: StreamTransaction;
}

/** The first changes of a lane's queue, and the place behind them. */
export interface Taken {
  readonly changes: readonly IncomingChange[];
  readonly to: Position;
  readonly bytes: number;
  /** When the newest of them was committed, milliseconds since 1970. */
  readonly committedAtMs: number;
  /** The transactions that they belong to. */
  readonly xids: readonly number[];
}

/** What one lane has received and not yet applied; bounded by the stream's backpressure. */
export class LaneQueue {
  private entries: Entry[] = [];
  private head = 0;
  bytes = 0;

  constructor(
    private readonly contract: Contract,
    private readonly lane: LaneId,
  ) {}

  get length(): number {
    return this.entries.length - this.head;
  }

  push(event: StreamEvent, transaction: StreamTransaction): void {
    const change = new IncomingChange(this.contract, event.key || this.placeOf(event), event);
    this.entries.push({ change, event, transaction });
    this.bytes += event.bytes;
  }

  /** When the oldest waiting change was committed; null when nothing waits. */
  get waitingSinceMs(): number | null {
    return this.entries[this.head]?.transaction.committedAtMs ?? null;
  }

  /** The commit record's LSN of the oldest waiting change; null when nothing waits. */
  get firstLsn(): bigint | null {
    return this.entries[this.head]?.transaction.commitLsn ?? null;
  }

  /** Looks at the first changes within both limits, at least one; they stay until `drop`. */
  peek(maxChanges: number, maxBytes: number): Taken {
    const first = this.head;
    let end = first;
    let bytes = 0;
    while (end < this.entries.length && end - first < maxChanges && (end === first || bytes < maxBytes)) {
      bytes += this.entries[end]!.event.bytes;
      end += 1;
    }
    const last = this.entries[end - 1]!;
    const taken = this.entries.slice(first, end);
    return {
      changes: taken.map((entry) => entry.change),
      xids: [...new Set(taken.flatMap(({ transaction }) => transaction.xid ?? []))],
      to: placeBehind(last, this.entries[end]),
      bytes,
      committedAtMs: last.transaction.committedAtMs,
    };
  }

  /** Forgets what was applied. */
  drop(count: number): void {
    for (let index = this.head; index < this.head + count; index += 1) this.bytes -= this.entries[index]!.event.bytes;
    this.head += count;
    if (this.head > 4096 || this.head === this.entries.length) {
      this.entries = this.entries.slice(this.head);
      this.head = 0;
    }
  }

  /** Forgets the first changes that a checkpoint says are applied. */
  dropApplied(position: Position): void {
    let applied = 0;
    while (this.head + applied < this.entries.length) {
      if (!isApplied(position, this.entries[this.head + applied]!.event.position)) break;
      applied += 1;
    }
    this.drop(applied);
  }

  clear(): void {
    this.entries = [];
    this.head = 0;
    this.bytes = 0;
  }

  /** What stands for the key of an event without one, so that it is parked alone and not in front of all others. */
  private placeOf({ position: { commitLsn, index } }: StreamEvent): string {
    return `@${this.lane.stream}/${this.lane.part}/${commitLsn}:${index}`;
  }
}

/** Behind the whole transaction when nothing more of it can come to this lane, else behind this change of it. */
function placeBehind({ transaction, event }: Entry, next: Entry | undefined): Position {
  const { record } = event;
  if (transaction.endLsn !== null && next?.transaction !== transaction)
    return { pos: transaction.endLsn, idx: 0, record };
  return { pos: transaction.commitLsn, idx: event.position.index + 1, record };
}
