/** A record of a topic, as far as it tells that topic from another one of its name (reliability 3.5). */
export interface AppliedRecord {
  readonly offset: bigint;
  /** Null for a row of a snapshot, which belongs to no transaction. */
  readonly txId: number | null;
  readonly lsn: bigint | null;
}

/**
 * How far a lane has come in a stream. `pos` is the end LSN of a transaction whose effects are durable; with `idx` > 0
 * it is the LSN of the commit record of the transaction that is applied in part, up to change `idx` (exclusive).
 * A commit record's LSN is never below the end LSN of what was delivered before it, so positions only grow. In a
 * partition of a topic each record is a transaction of its own, from its offset to the next one.
 */
export interface Position {
  readonly pos: bigint;
  readonly idx: number;
  /** The last record that was applied, in a topic. */
  readonly record?: AppliedRecord | undefined;
}

/** Negative when a lies before b, 0 when equal. */
export function comparePositions(a: Position, b: Position): number {
  if (a.pos !== b.pos) return a.pos < b.pos ? -1 : 1;
  return a.idx - b.idx;
}

/** True when the change at this place of the stream is applied already. */
export function isApplied(position: Position, change: { commitLsn: bigint; index: number }): boolean {
  if (change.commitLsn !== position.pos) return change.commitLsn < position.pos;
  return change.index < position.idx;
}
