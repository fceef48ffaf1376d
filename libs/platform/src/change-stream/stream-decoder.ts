import type { ChangeTransaction } from './change-event.js';
import type { EnvelopeSource } from './envelope/envelope-json.js';
import { changesKey } from './kept-message.js';
import { OpenTransaction } from './open-transaction.js';
import { decodeChange, relationIdOf } from './pgoutput/decode-change.js';
import { decodeRelation } from './pgoutput/decode-relation.js';
import { decodeBegin, decodeCommitEndLsn, decodeOrigin } from './pgoutput/decode-transaction.js';
import { MessageType } from './pgoutput/message-type.js';
import type { ReaderHandlers } from './reader-handlers.js';
import type { Relations } from './relations.js';
import { streamError } from './stream-error.js';
import { StreamedChange } from './streamed-change.js';

/** Length of the replication protocol's header before the pgoutput message: type byte, two LSNs, a time. */
const HEADER = 25;

type ChangeHandlers = Pick<ReaderHandlers, 'onBegin' | 'onChange' | 'onCommit'>;

/** Turns the messages of the stream into events. Holds nothing but the transaction it is in. */
export class StreamDecoder {
  private transaction: OpenTransaction | null = null;
  private lastCommitLsn: bigint | null = null;

  constructor(
    private readonly relations: Relations,
    private readonly source: EnvelopeSource,
    private readonly handlers: ChangeHandlers,
    private readonly nowUs: () => number,
  ) {}

  /**
   * Takes one message. The bytes may be overwritten afterwards: what an event needs is copied. A promise when the next
   * message must wait.
   */
  feed(chunk: Buffer): Promise<void> | undefined {
    switch (chunk[HEADER]) {
      case MessageType.insert:
      case MessageType.update:
      case MessageType.delete:
        this.change(chunk, chunk[HEADER]);
        return undefined;
      case MessageType.begin:
        this.transaction = new OpenTransaction(decodeBegin(chunk, HEADER), this.source, this.lastCommitLsn);
        this.handlers.onBegin(this.transaction);
        return undefined;
      case MessageType.commit:
        this.commit(decodeCommitEndLsn(chunk, HEADER));
        return undefined;
      case MessageType.relation:
        return this.relations.announce(decodeRelation(chunk, HEADER));
      case MessageType.origin:
        this.open().origin = decodeOrigin(chunk, HEADER);
        return undefined;
      case MessageType.truncate:
        this.open().nextIndex();
        return undefined;
      case MessageType.type:
      case MessageType.logicalMessage:
        return undefined;
      default:
        throw streamError('protocol', `pgoutput message of unknown type ${chunk[HEADER]}`);
    }
  }

  private commit(endLsn: bigint): void {
    const transaction: ChangeTransaction = this.open();
    this.transaction = null;
    this.lastCommitLsn = endLsn;
    this.handlers.onCommit(transaction, endLsn);
  }

  private change(chunk: Buffer, type: number): void {
    const transaction = this.open();
    const index = transaction.nextIndex();
    const table = this.relations.of(relationIdOf(chunk, HEADER));
    if (table === undefined) return;
    const message = { bytes: Buffer.from(chunk), ...decodeChange(chunk, HEADER), emittedUs: this.nowUs() };
    const emit = (op: 'c' | 'u' | 'd', at: number): void =>
      this.handlers.onChange(
        new StreamedChange(op, { commitLsn: transaction.commitLsn, index: at }, table, message, transaction),
      );
    if (type === MessageType.insert) emit('c', index);
    else if (type === MessageType.delete) emit('d', index);
    else if (!changesKey(table, message)) emit('u', index);
    else {
      emit('d', index);
      emit('c', index + 1);
    }
  }

  private open(): OpenTransaction {
    if (this.transaction === null) throw streamError('protocol', 'a change arrived outside a transaction');
    return this.transaction;
  }
}
