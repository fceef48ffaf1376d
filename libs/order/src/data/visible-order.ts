import type { Caller, Database } from '@orderkeel/platform';
import { noSuchOrder } from './refusal.js';

/** What a command copies of the order that it is about. */
export interface VisibleOrder {
  readonly orderId: string;
  readonly tenantId: string | null;
}

/**
 * Looks an order up as the API's role, which row security confines to the caller's tenant; the command then writes as
 * order's (security 5.1). @throws Refusal `not-found`, also for another tenant's order
 */
export async function visibleOrder(database: Database, caller: Caller, orderId: string): Promise<VisibleOrder> {
  const [order] = await database.lookUp(caller, (tx) =>
    tx.query<{ tenantId: string | null }>(`SELECT tenant_id AS "tenantId" FROM "order"."order" WHERE id = $1`, [
      orderId,
    ]),
  );
  if (!order) throw noSuchOrder(orderId);
  return { orderId, tenantId: order.tenantId };
}
