import type pg from 'pg';

/** How many orders the product put into a transaction on the average, by who committed it. */
export interface OrdersPerTransaction {
  readonly ingest: number;
  readonly reservation: number;
}

/**
 * Tells it of some orders, by the transactions that wrote their statuses. An executor's count of batches has also those
 * that brought no order: the ingest hears of its own answers.
 */
export async function ordersPerTransaction(
  product: pg.Client,
  orderIds: readonly string[],
): Promise<OrdersPerTransaction> {
  const { rows } = await product.query<OrdersPerTransaction>(
    `SELECT count(DISTINCT xmin::text) FILTER (WHERE module = 'order')::int AS ingest,
            count(DISTINCT xmin::text) FILTER (WHERE module = 'inventory')::int AS reservation
       FROM "order".order_status_history WHERE order_id = ANY($1::uuid[])`,
    [orderIds],
  );
  const { ingest, reservation } = rows[0]!;
  return { ingest: orderIds.length / ingest, reservation: orderIds.length / reservation };
}
