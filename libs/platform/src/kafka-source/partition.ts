import type { Batch as FetchedMessages } from 'kafkajs';
import type { Database } from '../database/database.js';
import type { Lane } from '../reaction/lane.js';
import type { LaneObserver } from '../reaction/lane-observer.js';
import type { AppliedRecord } from '../reaction/position.js';
import { clientFailed } from './client-failure.js';
import { LostPlace } from './lost-place.js';
import { readRecord, type RecordEvent } from './read-record.js';
import { Settling } from './settling.js';
import type { PartitionReach } from './topic-ends.js';

/** What kafkajs hands over; it keeps the offset that was asked for on the object without saying so in its types. */
export type FetchedBatch = FetchedMessages & { readonly fetchedOffset?: string };

/**
 * A partition of a topic that this process has: records go to its lane, in order and without a gap. It begins with the
 * last record that was applied, to see that it is still the same: a topic that was made again and has grown past our
 * position looks fine otherwise (reliability 3.5).
 */
export class Partition {
  /** The offset behind the last record that was taken over, or passed as one that means nothing to us. */
  private next: bigint;
  private known: AppliedRecord | null;
  /** What kafkajs is to read next. */
  private reading: bigint;
  private readonly settling: Settling;

  constructor(
    db: Database,
    readonly lane: Lane,
    observer: Pick<LaneObserver, 'lost' | 'retried'>,
  ) {
    this.settling = new Settling(db, lane, observer);
    this.next = lane.position.pos;
    this.known = lane.position.record ?? null;
    this.reading = this.from;
  }

  /** Its number in the topic. */
  get part(): number {
    return this.lane.id.part;
  }

  /** The offset to begin at. */
  get from(): bigint {
    return this.known?.offset ?? this.next;
  }

  /** Throws LostPlace where the partition does not reach from our position on. */
  assertWithin({ first, end }: PartitionReach): void {
    if (end < this.next) throw this.recreated(`ends at ${end}`);
    if (first > this.next) {
      throw new LostPlace(
        `${this.name} begins at ${first}, behind our position ${this.next}: its retention has passed us`,
      );
    }
    // What was applied last is gone by now, as it may be.
    if (this.known && first > this.known.offset) this.known = null;
    this.reading = this.from;
  }

  /**
   * Hands the records of a batch to the lane. Throws where the batch is not the one that follows: kafkajs answers an offset
   * out of range by silently beginning elsewhere, and with several brokers it may hand over what it has fetched earlier.
   * What that means is for `assertWithin` to tell, by the ends of the partition. Throws LostPlace where the topic is another.
   */
  take(batch: FetchedBatch): void {
    const fetched = BigInt(batch.fetchedOffset ?? batch.firstOffset() ?? this.reading);
    if (fetched !== this.reading) {
      throw clientFailed(`it has read ${this.name} from ${fetched} on, where ${this.reading} was to come`);
    }
    const behind = BigInt(batch.lastOffset()) + 1n;
    const { contract } = this.lane.executor;
    const events = batch.messages.flatMap((message) => readRecord(contract, message) ?? []);
    this.compare(events, behind);
    const fresh = events.filter(({ position }) => position.commitLsn >= this.next);
    if (fresh.length > 0) this.accept(fresh, behind);
    else this.reached(behind);
    this.reading = behind;
  }

  /**
   * kafkajs has passed records that concern nobody: marks of transactions, and what was rolled back. Ignored when they are
   * not those that follow. Throws LostPlace.
   */
  passed(first: bigint, behind: bigint): void {
    if (first !== this.reading) return;
    this.compare([], behind);
    this.reached(behind);
    this.reading = behind;
  }

  /** Nothing more is taken, and the checkpoint stays where it is. */
  close(): void {
    this.settling.close();
  }

  private accept(fresh: readonly RecordEvent[], behind: bigint): void {
    for (const [nth, event] of fresh.entries()) {
      const { position, xid, committedAtMs } = event;
      const endLsn = fresh[nth + 1]?.position.commitLsn ?? behind;
      this.lane.accept(event, { ...position, endLsn, committedAtMs, ...(xid !== undefined && { xid }) });
    }
    this.next = behind;
  }

  /** The first batch begins with the record that was applied last. */
  private compare(events: readonly RecordEvent[], behind: bigint): void {
    const { known } = this;
    this.known = null;
    if (!known) return;
    const found = events.find(({ record }) => record.offset === known.offset)?.record;
    if (!found) throw this.recreated(`has no record ${known.offset} before ${behind}`);
    if (found.txId !== known.txId || found.lsn !== known.lsn) {
      throw this.recreated(`has another record at ${known.offset}`);
    }
  }

  private reached(behind: bigint): void {
    if (behind <= this.next) return;
    this.next = behind;
    this.settling.upTo(behind);
  }

  private recreated(what: string): LostPlace {
    return new LostPlace(`${this.name} is not the one that our position ${this.next} belongs to: it ${what}`);
  }

  private get name(): string {
    return `partition ${this.part} of ${this.lane.id.stream}`;
  }
}
