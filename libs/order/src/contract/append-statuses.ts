import { idFrom, insertRows, timeOfId, type ColumnTypes, type ModuleTx } from '@orderkeel/platform';
import { namespaceOf, type StatusCategory, type StatusSeverity } from '@orderkeel/platform/contract';
import { orderHints } from './order-hints.js';

/** An entry to append to the history of one order. */
export interface NewStatus {
  readonly orderId: string;
  readonly tenantId: string | null;
  /** A word of the writer's own namespace. */
  readonly statusCode: string;
  /** The row that caused it; the entry's id derives from it, so the same cause appends once. */
  readonly causeId: string;
  /** Tells entries of the same code, order and cause apart; seldom needed. */
  readonly ordinal?: number | string;
  readonly category?: StatusCategory | null;
  readonly severity?: StatusSeverity | null;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The writer's time; now when absent. */
  readonly recordedAt?: string;
  /** The writer; the executor when absent. */
  readonly writtenBy?: string;
  readonly closesEntryId?: string | null;
}

const COLUMNS: ColumnTypes<StatusRow> = {
  id: 'uuid',
  order_id: 'uuid',
  tenant_id: 'uuid',
  module: 'text',
  status_code: 'text',
  category: 'text',
  severity: 'text',
  payload: 'jsonb',
  recorded_at: 'timestamptz',
  written_by: 'text',
  closes_entry_id: 'uuid',
};

interface StatusRow {
  id: string;
  order_id: string;
  tenant_id: string | null;
  module: string;
  status_code: string;
  category: string | null;
  severity: string | null;
  payload: Readonly<Record<string, unknown>>;
  recorded_at: string;
  written_by: string;
  closes_entry_id: string | null;
}

/**
 * Appends entries to the status history, with one statement, in the given order. The database refuses a word that is
 * not the writing module's. An entry whose id is there already is left alone when it says the same; otherwise two
 * different effects claim one cause, and `effect-conflict` is thrown.
 * @returns the ids of all entries, in order
 */
export async function appendStatuses(tx: ModuleTx, statuses: readonly NewStatus[]): Promise<string[]> {
  if (statuses.length === 0) return [];
  await lockForBlocking(tx, statuses);
  const rows = statuses.map((status) => rowOf(tx, status));
  const inserted = await insertRows(tx, '"order".order_status_history', COLUMNS, rows, 'ON CONFLICT (id) DO NOTHING');
  if (inserted < rows.length) await refuseConflicts(tx, rows);
  tx.afterCommit(() => orderHints.touched(statuses.map((status) => status.orderId)));
  return rows.map((row) => row.id);
}

function rowOf(tx: ModuleTx, status: NewStatus): StatusRow {
  return {
    id: entryId(tx.writer, status),
    order_id: status.orderId,
    tenant_id: status.tenantId,
    module: namespaceOf(status.statusCode),
    status_code: status.statusCode,
    category: status.category ?? null,
    severity: status.severity ?? null,
    payload: status.payload,
    recorded_at: status.recordedAt ?? tx.clock.now(),
    written_by: status.writtenBy ?? tx.writer,
    closes_entry_id: status.closesEntryId ?? null,
  };
}

/**
 * Derived from the cause, so that the same cause appends once. Its time is the cause's, or the order's when the cause is
 * older (what another order gave back long ago): a timeline reads from its order's own time on, order.first_entry_id.
 */
function entryId(writer: string, { causeId, orderId, statusCode, ordinal = 0 }: NewStatus): string {
  const atMs = Math.max(timeOfId(causeId), timeOfId(orderId));
  return idFrom(atMs, causeId, writer, `${statusCode}/${orderId}`, ordinal);
}

/** Blocking entries and gates meet on one advisory lock per order (architecture 7); sorted, so that nobody deadlocks. */
async function lockForBlocking(tx: ModuleTx, statuses: readonly NewStatus[]): Promise<void> {
  const orders = statuses.filter((status) => status.severity === 'blocking').map((status) => status.orderId);
  if (orders.length > 0) await lockOrders(tx, orders);
}

/** Takes the orders' advisory locks until the transaction ends, in one sorted sequence. */
async function lockOrders(tx: ModuleTx, orderIds: readonly string[]): Promise<void> {
  await tx.query(
    `SELECT pg_advisory_xact_lock(hashtextextended(o.id, 0))
       FROM (SELECT DISTINCT id FROM unnest($1::text[]) AS u(id) ORDER BY id) AS o`,
    [orderIds],
  );
}

async function refuseConflicts(tx: ModuleTx, rows: readonly StatusRow[]): Promise<void> {
  const stored = await tx.query<{ id: string; statusCode: string; payload: unknown }>(
    `SELECT id, status_code AS "statusCode", payload FROM "order".order_status_history
      WHERE id = ANY($1::uuid[]) AND id >= $2::uuid`,
    [rows.map((row) => row.id), rows.map((row) => row.id).reduce((least, id) => (id < least ? id : least))],
  );
  const byId = new Map(stored.map((entry) => [entry.id, entry]));
  for (const row of rows) {
    const entry = byId.get(row.id);
    if (entry && sameJson(entry.payload, row.payload)) continue;
    throw Object.assign(
      new Error(`order ${row.order_id} has another ${row.status_code} under the id ${row.id} already`),
      { code: 'effect-conflict', retriable: false },
    );
  }
}

function sameJson(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
