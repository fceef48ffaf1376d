import type { ChangeTransaction } from './change-event.js';
import type { EnvelopeSource } from './envelope/envelope-json.js';
import type { BeginMessage, OriginMessage } from './pgoutput/decode-transaction.js';

/** Numbers that one change message takes in its transaction: an update of the key becomes two events. */
const EVENTS_PER_MESSAGE = 2;

/** The transaction that is being delivered: what its events share, and their counters. */
export class OpenTransaction implements ChangeTransaction {
  readonly xid: number;
  readonly commitLsn: bigint;
  readonly commitTimeUs: number;
  origin: OriginMessage | null = null;
  private messages = 0;
  private events = 0;
  private readonly eventsByCollection = new Map<string, number>();

  constructor(
    begin: BeginMessage,
    readonly source: EnvelopeSource,
    /** End LSN of the transaction before, once one was seen. */
    readonly lastCommitLsn: bigint | null,
  ) {
    this.xid = begin.xid;
    this.commitLsn = begin.commitLsn;
    this.commitTimeUs = begin.commitTimeUs;
  }

  /** Index of the next change message, wanted or not. */
  nextIndex(): number {
    const index = this.messages * EVENTS_PER_MESSAGE;
    this.messages += 1;
    return index;
  }

  /** Order of the next event of a captured table, as `transaction` in the envelope counts it. */
  nextOrder(collection: string): { total: number; inTable: number } {
    const inTable = (this.eventsByCollection.get(collection) ?? 0) + 1;
    this.eventsByCollection.set(collection, inTable);
    this.events += 1;
    return { total: this.events, inTable };
  }
}
