import { newId, type ModuleTx } from '@orderkeel/platform';
import { appendStatuses } from '../contract/append-statuses.js';
import type { AdjustmentChange } from '../contract/fold-adjustments.js';
import { Refusal } from '../data/refusal.js';
import type { VisibleOrder } from '../data/visible-order.js';
import type { AdjustmentRow, OrderRow } from '../read-orders/order-answer.js';
import { adjustmentsOfOrder } from '../read-orders/orders.store.js';

/** What makes the next revision of an order. */
export interface RevisionWish {
  readonly kind: 'cancel' | 'adjust';
  readonly changes: readonly AdjustmentChange[];
  readonly reason: string;
  readonly expectedRevision?: number | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** What a wish is checked against, read under the order's lock. */
export interface RevisedOrder extends Pick<OrderRow, 'lineItems' | 'totals' | 'revision'> {
  readonly adjustments: readonly AdjustmentRow[];
}

/** The word that tells other modules, and what it says. The payload holds no free text (security 5.7). */
export interface RevisionStatus {
  readonly statusCode: 'order:cancelled' | 'order:manually_adjusted';
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * Makes the next revision of an order: the conditional update comes first, so that its row lock lets one command after
 * the other through; facts are read in the next statement; then the adjustment and its status are appended (order X4).
 * @param check refuses the wish by throwing; everything is undone then
 * @returns the new revision
 */
export async function reviseOrder(
  tx: ModuleTx,
  order: VisibleOrder,
  wish: RevisionWish,
  status: RevisionStatus,
  check: (order: RevisedOrder) => void = () => undefined,
): Promise<number> {
  // Who waited for the lock took its time before it: the order's own times only grow, so that its newest entry is its
  // newest revision.
  const [bumped] = await tx.query<Pick<OrderRow, 'lineItems' | 'totals' | 'revision' | 'updatedAt'>>(
    `UPDATE "order"."order"
        SET revision = revision + 1, updated_at = greatest($2::timestamptz, updated_at + interval '1 microsecond')
      WHERE id = $1 AND ($3::int IS NULL OR revision = $3)
      RETURNING revision, line_items AS "lineItems", totals, updated_at AS "updatedAt"`,
    [order.orderId, tx.clock.now(), wish.expectedRevision ?? null],
  );
  const adjustments = await adjustmentsOfOrder(tx, order.orderId);
  refuseCancelled(order.orderId, adjustments);
  if (!bumped) throw staleRevision(order.orderId, adjustments.at(-1)?.revision ?? 1);
  check({ ...bumped, adjustments });
  const now = bumped.updatedAt;
  const adjustmentId = newId(tx.clock.nowMs());
  await insertAdjustment(tx, order, { ...wish, id: adjustmentId, revision: bumped.revision, createdAt: now });
  const payload = { revision: bumped.revision, adjustmentId, ...status.payload };
  await appendStatuses(tx, [
    { ...order, statusCode: status.statusCode, causeId: adjustmentId, severity: 'info', payload, recordedAt: now },
  ]);
  return bumped.revision;
}

function refuseCancelled(orderId: string, adjustments: readonly AdjustmentRow[]): void {
  const cancel = adjustments.find(({ kind }) => kind === 'cancel');
  if (!cancel) return;
  const members = { orderId, revision: cancel.revision };
  throw new Refusal('already-cancelled', `Order ${orderId} was cancelled with revision ${cancel.revision}`, {
    members,
  });
}

function staleRevision(orderId: string, revision: number): Refusal {
  return new Refusal('stale-revision', `Order ${orderId} has revision ${revision}`, { members: { orderId, revision } });
}

type NewAdjustment = RevisionWish & { readonly id: string; readonly revision: number; readonly createdAt: string };

async function insertAdjustment(tx: ModuleTx, order: VisibleOrder, adjustment: NewAdjustment): Promise<void> {
  const { id, revision, kind, changes, reason, idempotencyKey, createdAt } = adjustment;
  await tx.execute(
    `INSERT INTO "order".order_adjustment
       (id, order_id, tenant_id, revision, kind, changes, reason, actor, idempotency_key, created_at)
     VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10)`,
    [
      id,
      order.orderId,
      order.tenantId,
      revision,
      kind,
      JSON.stringify(changes),
      reason,
      tx.writer,
      idempotencyKey ?? null,
      createdAt,
    ],
  );
}
