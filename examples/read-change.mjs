// What a consumer has to know of Debezium's envelope. Fields that are not named here are ignored, as new ones may come.

/** One change of a row: `{op, id, lsn, row}`; null for records that tell of no row. Throws for what cannot be read. */
export function readChange(value) {
  // A tombstone, which only matters to compaction.
  if (value === null) return null;
  const content = JSON.parse(value.toString());
  // Some installations let Kafka Connect send the schema along.
  const envelope = content?.schema && content.payload ? content.payload : content;
  const { op, before, after, source } = envelope ?? {};
  // A truncation, or a message of the write-ahead log.
  if (op === 't' || op === 'm') return null;
  if (!['c', 'r', 'u', 'd'].includes(op)) throw new Error(`unknown operation ${op}`);
  const row = op === 'd' ? null : after;
  const id = (row ?? before)?.id;
  if (typeof id !== 'string') throw new Error('no row with an id');
  return { op, id, lsn: source?.lsn ?? 0, row };
}
