import { onConnection } from '../../libs/platform/src/postgres/index.js';
import type { Installation } from './installation.js';

/** How many orders lie there: what was measured before has left its own. */
export async function countOrders(installation: Installation): Promise<number> {
  return onConnection(await installation.databaseUrl(), async (database) => {
    const { rows } = await database.query<{ orders: number }>('SELECT count(*)::int AS orders FROM "order"."order"');
    return rows[0]!.orders;
  });
}
