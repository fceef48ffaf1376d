import type { CapturedTable } from './captured-table.js';
import type { ChangeEvent, ChangePosition, ChangeRow } from './change-event.js';
import { envelopeJson, type EnvelopeSource } from './envelope/envelope-json.js';
import { keyJson, keyText, rowJson, rowObject } from './row-text.js';

/** Where a read stands: its snapshot in the WAL, and its turn among the rows read there. */
export interface ReadPlace {
  /** `source.lsn`: everything committed before it may show in the row. */
  readonly lsn: bigint;
  readonly index: number;
  /** `source.txId`; null when the read has none. */
  readonly xid: number | null;
}

/** A place, and who read when. */
export interface ReadContext extends ReadPlace {
  readonly source: EnvelopeSource;
  /** Microseconds since 1970. */
  readonly readUs: number;
}

/** A row that was read from its table, as an `r` event. */
export class ReadRow implements ChangeEvent {
  readonly op = 'r';
  readonly before = null;
  readonly key: string | null;

  constructor(
    private readonly captured: CapturedTable,
    private readonly texts: readonly (string | null)[],
    private readonly context: ReadContext,
  ) {
    this.key = keyText(captured, (column) => texts[column]);
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

  get position(): ChangePosition {
    return { commitLsn: this.context.lsn, index: this.context.index };
  }

  get commitTimeUs(): number {
    return this.context.readUs;
  }

  get bytes(): number {
    return this.texts.reduce((sum, text) => sum + 2 * (text?.length ?? 0), 0);
  }

  get after(): ChangeRow {
    return rowObject(this.captured, this.texts);
  }

  keyJson(): string | null {
    return keyJson(this.captured, (column) => this.texts[column]);
  }

  envelopeJson(): string {
    const { captured, context } = this;
    return envelopeJson({
      source: context.source,
      op: this.op,
      schema: captured.schema,
      table: captured.table,
      beforeJson: 'null',
      afterJson: rowJson(captured, this.texts),
      snapshot: 'true',
      sourceTimeUs: context.readUs,
      xid: context.xid,
      lsn: context.lsn,
      lastCommitLsn: null,
      origin: null,
      transactionOrder: null,
      emittedUs: context.readUs,
    });
  }
}
