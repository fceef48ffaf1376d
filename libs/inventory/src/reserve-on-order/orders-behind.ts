import type { ModuleTx } from '@orderkeel/platform';

/** Orders that were last changed before an instant and whose revision is above the one that is done, oldest first. */
export async function ordersBehind(tx: ModuleTx, before: string, limit: number): Promise<string[]> {
  const rows = await tx.query<{ orderId: string }>(
    `SELECT o.order_id AS "orderId"
       FROM "order"."order" AS o LEFT JOIN inventory.order_reservation AS r ON r.id = o.order_id
      WHERE o.updated_at < $1 AND coalesce(r.revision, 0) < o.revision
      ORDER BY o.created_at, o.order_id LIMIT $2`,
    [before, limit],
  );
  return rows.map((row) => row.orderId);
}
