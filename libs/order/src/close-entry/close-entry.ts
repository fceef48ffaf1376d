import { newId, type ModuleTx } from '@orderkeel/platform';
import { appendStatuses } from '../contract/append-statuses.js';
import { Refusal } from '../data/refusal.js';
import type { VisibleOrder } from '../data/visible-order.js';
import type { EntryAnswer } from '../read-timeline/entry.schema.js';
import { findEntry } from '../read-timeline/timeline.store.js';

/**
 * Closes an entry: appends `manual:closed`, which may close an entry of any namespace, and the row of
 * order.status_closing whose primary key lets only one closing through (order X1).
 * @returns the closing entry; throws Refusal `already-closed`
 */
export async function closeEntry(
  tx: ModuleTx,
  { orderId, tenantId }: VisibleOrder,
  entryId: string,
  reason: string,
): Promise<EntryAnswer> {
  const closedAt = tx.clock.now();
  const closing = { orderId, tenantId, statusCode: 'manual:closed', causeId: newId(tx.clock.nowMs()) };
  const told = { severity: 'info', category: 'support', payload: { reason } } as const;
  const [closingId] = await appendStatuses(tx, [{ ...closing, ...told, recordedAt: closedAt, closesEntryId: entryId }]);
  const closed = await tx.execute(
    `INSERT INTO "order".status_closing (entry_id, closing_entry_id, order_id, tenant_id, closed_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (entry_id) DO NOTHING`,
    [entryId, closingId, orderId, tenantId, closedAt],
  );
  if (closed === 0)
    throw new Refusal('already-closed', `Entry ${entryId} is closed already`, { members: { orderId, entryId } });
  return (await findEntry(tx, orderId, closingId!))!;
}
