import { setTimeout as delay } from 'node:timers/promises';
import type { Batch as FetchedMessages } from 'kafkajs';
import type { Database } from '../database/database.js';
import { codeOf } from '../database/sqlstate.js';
import { fence, STALE_OWNER } from '../reaction/checkpoint.store.js';
import type { Lane } from '../reaction/lane.js';
import type { AppliedRecord } from '../reaction/position.js';
import { LostPlace } from './lost-place.js';
import { readRecord, type RecordEvent } from './read-record.js';
import type { PartitionReach } from './topic-ends.js';

/** What kafkajs hands over; it keeps the offset that was asked for on the object without saying so in its types. */
export type FetchedBatch = FetchedMessages & { readonly fetchedOffset?: string };

const LOOK_AGAIN_MS = 50;

/**
 * A partition of a topic that this process has: records go to its lane, in order and without a gap. It begins with the
 * last record that was applied, to see that it is still the same: a topic that was made again and has grown past our
 * position looks fine otherwise (reliability 3.5).
 */
export class Partition {
  /** The offset behind the last record that was taken over, or passed as one that means nothing to us. */
  private next: bigint;
  private known: AppliedRecord | null;
  private settling = false;
  private closed = false;

  constructor(
    private readonly db: Database,
    readonly lane: Lane,
  ) {
    this.next = lane.position.pos;
    this.known = lane.position.record ?? null;
  }

  /** Its number in the topic. */
  get part(): number {
    return this.lane.id.part;
  }

  /** The offset to read from. */
  get from(): bigint {
    return this.known?.offset ?? this.next;
  }

  /** Throws LostPlace where the partition does not reach from our position on. */
  assertWithin({ first, end }: PartitionReach): void {
    if (end < this.next) throw this.recreated(`ends at ${end}`);
    if (first > this.next) throw this.passed(first);
    // What was applied last is gone by now, as it may be.
    if (this.known && first > this.known.offset) this.known = null;
  }

  /** Hands the records of a batch to the lane. Throws LostPlace when they do not follow what it had. */
  take(batch: FetchedBatch): void {
    const fetched = BigInt(batch.fetchedOffset ?? batch.firstOffset() ?? this.next);
    const behind = BigInt(batch.lastOffset()) + 1n;
    if (BigInt(batch.highWatermark) < this.next) throw this.recreated(`ends at ${batch.highWatermark}`);
    // kafkajs answers an offset that is out of range by silently beginning at the first record.
    if (fetched > this.next) throw this.passed(fetched);
    const { contract } = this.lane.executor;
    const events = batch.messages.flatMap((message) => readRecord(contract, message) ?? []);
    this.compare(events, fetched, behind);
    const fresh = events.filter(({ position }) => position.commitLsn >= this.next);
    if (fresh.length > 0) this.accept(fresh, behind);
    else this.reached(behind);
  }

  /** kafkajs has passed records that concern nobody: marks of transactions, and what was rolled back. */
  reached(behind: bigint): void {
    if (this.known && behind > this.known.offset) throw this.recreated(`has no record ${this.known.offset}`);
    if (behind <= this.next) return;
    this.next = behind;
    void this.settle();
  }

  /** Nothing more is taken, and the checkpoint stays where it is. */
  close(): void {
    this.closed = true;
  }

  private accept(fresh: readonly RecordEvent[], behind: bigint): void {
    for (const [nth, event] of fresh.entries()) {
      const { position, xid, committedAtMs } = event;
      const endLsn = fresh[nth + 1]?.position.commitLsn ?? behind;
      this.lane.accept(event, { ...position, endLsn, committedAtMs, ...(xid !== undefined && { xid }) });
    }
    this.next = behind;
  }

  private compare(events: readonly RecordEvent[], fetched: bigint, behind: bigint): void {
    const { known } = this;
    if (!known) return;
    this.known = null;
    if (fetched > known.offset) return;
    const found = events.find(({ record }) => record.offset === known.offset)?.record;
    if (found?.txId === known.txId && found.lsn === known.lsn) return;
    if (found || behind > known.offset) throw this.recreated(`has another record at ${known.offset}`);
    this.known = known;
  }

  /** Moves the checkpoint over records that mean nothing, so that the end of the partition can be reached. */
  private async settle(): Promise<void> {
    if (this.settling) return;
    this.settling = true;
    const { lane } = this;
    while (!this.closed && lane.position.pos < this.next) {
      await lane
        .moveWhileIdle(() => this.move())
        .catch((error: unknown) => {
          if (codeOf(error) === STALE_OWNER) this.close();
        });
      await delay(LOOK_AGAIN_MS, undefined, { ref: false });
    }
    this.settling = false;
  }

  private async move() {
    const { lane, next } = this;
    const to = { pos: next, idx: 0, record: lane.position.record };
    await this.db.bookkeeping((tx) => fence(tx, lane.id, { ...lane.position, epoch: lane.epoch }, to));
    return to;
  }

  private passed(first: bigint): LostPlace {
    return new LostPlace(
      `${this.name} begins at ${first}, behind our position ${this.next}: its retention has passed us`,
    );
  }

  private recreated(what: string): LostPlace {
    return new LostPlace(`${this.name} is not the one that our position ${this.next} belongs to: it ${what}`);
  }

  private get name(): string {
    return `partition ${this.part} of ${this.lane.id.stream}`;
  }
}
