/** `c` insert, `u` update, `d` delete, `r` a row that was read from the table (debezium 1.2). */
export type ChangeOp = 'c' | 'u' | 'd' | 'r';

/**
 * A column as Debezium encodes it in JSON (debezium 1.3). An int8 is a number up to 2^53 - 1 in size and a bigint beyond,
 * so that it is never rounded; in the JSON text it is an integer either way.
 */
export type ChangeValue = string | number | bigint | boolean | null | ChangeValue[];

/** A row by column name, in the table's column order. */
export type ChangeRow = Record<string, ChangeValue>;

/** Where an event lies in the stream. Order and compare by commitLsn, then index; never by an event's own LSN (F5, F6). */
export interface ChangePosition {
  /**
   * LSN of the transaction's commit record, known from its begin on. It is at least the end LSN of every transaction
   * delivered before, and below the own end LSN: `commitLsn < P` says the same as `endLsn <= P` for any end LSN P.
   */
  readonly commitLsn: bigint;
  /**
   * Grows within the transaction, with gaps, and counts the changes of all published tables: it does not depend on
   * which of them anybody wants, and so stays comparable when the wanted tables change.
   */
  readonly index: number;
}

/** The transaction that a change belongs to. */
export interface ChangeTransaction {
  readonly xid: number;
  /** See ChangePosition. */
  readonly commitLsn: bigint;
  /** Microseconds since 1970. */
  readonly commitTimeUs: number;
}

/**
 * One change of one row. Only the key is decoded at once; everything else when it is asked for, since most events are
 * looked at for their key alone. It owns its bytes and may be kept.
 */
export interface ChangeEvent {
  readonly schema: string;
  readonly table: string;
  /** `schema.table`; the same string object for all events of a table. */
  readonly collection: string;
  readonly op: ChangeOp;
  /** Text of the key column; the key's JSON when the key has several columns; null when the table has none. */
  readonly key: string | null;
  readonly position: ChangePosition;
  /** Microseconds since 1970: of the commit, or of the reading for `r`. */
  readonly commitTimeUs: number;
  /** Memory held by this event, in bytes; for budgets of queues. */
  readonly bytes: number;
  readonly before: ChangeRow | null;
  readonly after: ChangeRow | null;
  /** The Debezium envelope, as Kafka Connect's JsonConverter writes it without schemas (debezium 1.2). */
  envelopeJson(): string;
  /** The key of the Kafka record: `{"order_id":"..."}`; null for a table without a key. */
  keyJson(): string | null;
}
