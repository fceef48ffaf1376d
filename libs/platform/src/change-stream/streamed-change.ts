import type { CapturedTable } from './captured-table.js';
import type { ChangeEvent, ChangeOp, ChangePosition, ChangeRow } from './change-event.js';
import { envelopeJson } from './envelope/envelope-json.js';
import type { OpenTransaction } from './open-transaction.js';
import { newText, newTexts, oldText, type KeptMessage } from './kept-message.js';
import { tupleTexts, type ColumnText } from './pgoutput/tuple.js';
import { keyJson, keyText, rowJson, rowObject } from './row-text.js';

const LSN_OFFSET = 1;
/** Rough size of the object around the bytes. */
const OBJECT_BYTES = 300;

/** An event of the stream; it decodes the kept message when asked. */
export class StreamedChange implements ChangeEvent {
  readonly key: string | null;
  private readonly order: { total: number; inTable: number };

  constructor(
    readonly op: ChangeOp,
    readonly position: ChangePosition,
    private readonly captured: CapturedTable,
    private readonly message: KeptMessage,
    private readonly transaction: OpenTransaction,
  ) {
    this.key = keyText(captured, this.keyColumn);
    this.order = transaction.nextOrder(captured.collection);
  }

  get schema(): string {
    return this.captured.schema;
  }

  get table(): string {
    return this.captured.table;
  }

  get collection(): string {
    return this.captured.collection;
  }

  get commitTimeUs(): number {
    return this.transaction.commitTimeUs;
  }

  get bytes(): number {
    return this.message.bytes.length + OBJECT_BYTES;
  }

  get before(): ChangeRow | null {
    const texts = this.beforeTexts();
    return texts && rowObject(this.captured, texts);
  }

  get after(): ChangeRow | null {
    const texts = this.afterTexts();
    return texts && rowObject(this.captured, texts);
  }

  keyJson(): string | null {
    return keyJson(this.captured, this.keyColumn);
  }

  envelopeJson(): string {
    const { captured, transaction } = this;
    const before = this.beforeTexts();
    const after = this.afterTexts();
    return envelopeJson({
      source: transaction.source,
      op: this.op,
      schema: captured.schema,
      table: captured.table,
      beforeJson: before ? rowJson(captured, before) : 'null',
      afterJson: after ? rowJson(captured, after) : 'null',
      snapshot: null,
      sourceTimeUs: transaction.commitTimeUs,
      xid: transaction.xid,
      lsn: this.message.bytes.readBigUInt64BE(LSN_OFFSET),
      lastCommitLsn: transaction.lastCommitLsn,
      origin: transaction.origin,
      transactionOrder: this.order,
      emittedUs: this.message.emittedUs,
    });
  }

  private readonly keyColumn = (column: number): ColumnText =>
    this.op === 'd' ? oldText(this.message, column) : newText(this.message, column);

  private beforeTexts(): ColumnText[] | null {
    const { bytes, oldAt } = this.message;
    return this.op === 'c' || oldAt === 0 ? null : tupleTexts(bytes, oldAt);
  }

  private afterTexts(): ColumnText[] | null {
    return this.op === 'd' ? null : newTexts(this.message);
  }
}
