import { Conditions, type ModuleTx, type Position } from '@orderkeel/platform';
import type { EntryAnswer } from '../read-timeline/entry.schema.js';
import { ENTRY_COLUMNS } from '../read-timeline/timeline.store.js';

/** What a board of latest entries is narrowed to. */
export interface LatestFilter {
  readonly module?: string | undefined;
  readonly statusCode?: string | undefined;
}

/**
 * Pages are read in two sizes, which stand in the text: of a limit that is a parameter the plan that is kept expects a tenth
 * of all there is, so that none is kept, and planning over all months takes longer than reading (2.5 ms of 3.2).
 */
const SIZES = [51, 201];
const NEWEST_FIRST = 'ORDER BY e.recorded_at DESC, e.seq DESC LIMIT';

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
  const where = new Conditions().add('e.status_code = ?', statusCode).add('e.module = ?', module).addAll(BEHIND, after);
  const entries = `"order".latest_status e WHERE ${where.sql}`;
  if (statusCode !== undefined || module !== undefined) return readPage(tx, entries, where, count);
  const ofEach = `(SELECT DISTINCT namespace FROM "order".status_vocabulary) AS m(module) CROSS JOIN LATERAL (
      SELECT e.* FROM ${entries} AND e.module = m.module ${NEWEST_FIRST} ${sizeFor(count)}) e`;
  return readPage(tx, ofEach, where, count);
}

/** Open blocking entries, newest first, behind a position (order S1.46). */
export function readBlocking(tx: ModuleTx, after: Position | undefined, count: number): Promise<EntryAnswer[]> {
  const where = new Conditions().addAll(BEHIND, after);
  return readPage(tx, `"order".blocking_entry e WHERE ${where.sql}`, where, count);
}

const BEHIND = '(e.recorded_at, e.seq) < (?::timestamptz, ?::bigint)';

async function readPage(tx: ModuleTx, entries: string, { parameters }: Conditions, count: number) {
  const text = `SELECT ${ENTRY_COLUMNS} FROM ${entries} ${NEWEST_FIRST} ${sizeFor(count)}`;
  return (await tx.query<EntryAnswer>(text, parameters)).slice(0, count);
}

function sizeFor(count: number): number {
  return SIZES.find((size) => size >= count) ?? count;
}

/** The place of an entry on a board. */
export function positionOfEntry({ recordedAt, seq }: EntryAnswer): Position {
  return [recordedAt, seq];
}
