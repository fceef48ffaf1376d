import type { ModuleTx } from '@orderkeel/platform';
import type { EntryAnswer } from './entry.schema.js';

/** The columns of an entry, read from a view over the history. */
export const ENTRY_COLUMNS = `
  e.id, e.order_id AS "orderId", e.module, e.status_code AS "statusCode", e.category, e.severity, e.payload,
  e.recorded_at AS "recordedAt", e.written_by AS "writtenBy", e.closes_entry_id AS "closesEntryId",
  e.closed_at AS "closedAt", e.seq`;

/**
 * All entries of an order in the one total order, (recorded_at, seq) (order X2). Reads only the partitions from the
 * order's own month on.
 */
export function readTimeline(tx: ModuleTx, orderId: string): Promise<EntryAnswer[]> {
  return tx.query<EntryAnswer>(
    `SELECT ${ENTRY_COLUMNS} FROM "order".timeline_entry e
      WHERE e.order_id = $1 AND e.id >= "order".first_entry_id($1) ORDER BY e.recorded_at, e.seq`,
    [orderId],
  );
}

/** One entry of an order, or undefined. */
export async function findEntry(tx: ModuleTx, orderId: string, entryId: string): Promise<EntryAnswer | undefined> {
  const [entry] = await tx.query<EntryAnswer>(
    `SELECT ${ENTRY_COLUMNS} FROM "order".timeline_entry e WHERE e.id = $2 AND e.order_id = $1`,
    [orderId, entryId],
  );
  return entry;
}

/**
 * How many entries each of these orders has. Entries are only ever added, so a number that has changed says that there
 * are new ones, in whatever order their transactions were committed (reliability 3.12).
 */
export async function countEntries(tx: ModuleTx, orderIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.query<{ orderId: string; entries: number }>(
    `SELECT order_id AS "orderId", count(*) AS entries FROM "order".order_status_history
      WHERE order_id = ANY($1::uuid[]) AND id >= "order".first_entry_id($2) GROUP BY order_id`,
    [orderIds, orderIds.reduce((least, orderId) => (orderId < least ? orderId : least))],
  );
  return new Map(rows.map(({ orderId, entries }) => [orderId, entries]));
}
