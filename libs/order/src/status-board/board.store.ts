import { Conditions, type ModuleTx, type Position } from '@orderkeel/platform';
import type { EntryAnswer } from '../read-timeline/entry.schema.js';
import { ENTRY_COLUMNS } from '../read-timeline/timeline.store.js';

/** What a board of latest entries is narrowed to. */
export interface LatestFilter {
  readonly module?: string | undefined;
  readonly statusCode?: string | undefined;
}

const BEHIND = '(s.recorded_at, s.seq) < (?::timestamptz, ?::bigint)';

/**
 * The newest entry per order and module, newest first, behind a position. Each module (or the code asked for) is read
 * along its own index as far as the page needs, and the pages are merged: the cost does not grow with the history.
 */
export function readLatest(
  tx: ModuleTx,
  { module, statusCode }: LatestFilter,
  after: Position | undefined,
  count: number,
): Promise<EntryAnswer[]> {
  const where = new Conditions()
    .add('s.status_code = ?', statusCode)
    .add('s.module = ?', statusCode === undefined ? undefined : module)
    .addAll(BEHIND, after);
  const modules =
    statusCode !== undefined || module !== undefined
      ? `(VALUES (${where.parameter(module ?? null)}::text))`
      : `(SELECT DISTINCT namespace FROM "order".status_vocabulary)`;
  const ofModule = statusCode === undefined ? 's.module = m.module AND' : '';
  const limit = where.parameter(count);
  return tx.query<EntryAnswer>(
    `SELECT ${ENTRY_COLUMNS} FROM ${modules} AS m(module) CROSS JOIN LATERAL (
        SELECT s.* FROM "order".latest_status s WHERE ${ofModule} ${where.sql}
         ORDER BY s.recorded_at DESC, s.seq DESC LIMIT ${limit}) e
      ORDER BY e.recorded_at DESC, e.seq DESC LIMIT ${limit}`,
    where.parameters,
  );
}

/** Open blocking entries, newest first, behind a position (order S1.46). */
export function readBlocking(tx: ModuleTx, after: Position | undefined, count: number): Promise<EntryAnswer[]> {
  const where = new Conditions().addAll(BEHIND.replaceAll('s.', 'e.'), after);
  return tx.query<EntryAnswer>(
    `SELECT ${ENTRY_COLUMNS} FROM "order".blocking_entry e WHERE ${where.sql}
      ORDER BY e.recorded_at DESC, e.seq DESC LIMIT ${where.parameter(count)}`,
    where.parameters,
  );
}

/** The place of an entry on a board. */
export function positionOfEntry({ recordedAt, seq }: EntryAnswer): Position {
  return [recordedAt, seq];
}
