import type { ModuleTx, Stretch } from '@orderkeel/platform';

/**
 * Orders that were last changed in this stretch and whose revision is above the one that is done, oldest first. Every
 * change of an order is its creation or an adjustment, and both are found by time in an index: read against each other,
 * a million orders and what was done for them take seconds.
 */
export async function ordersBehind(tx: ModuleTx, { from, before }: Stretch, limit: number): Promise<string[]> {
  const rows = await tx.query<{ orderId: string }>(
    `WITH changed AS (
       SELECT id FROM "order"."order" WHERE created_at >= $1
       UNION SELECT order_id FROM "order".order_adjustment WHERE id >= cdc.first_id_at($1))
     SELECT o.order_id AS "orderId"
       FROM changed JOIN "order"."order" AS o USING (id) LEFT JOIN inventory.order_reservation AS r USING (id)
      WHERE o.updated_at < $2 AND coalesce(r.revision, 0) < o.revision
      ORDER BY o.created_at, o.order_id LIMIT $3`,
    [from, before, limit],
  );
  return rows.map((row) => row.orderId);
}
