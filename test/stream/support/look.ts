import { onConnection } from '../../../libs/platform/src/postgres/admin-connection.js';
import type { Flow } from '../../support/flow.js';
import { slotOf } from '../../support/flow-connector.js';
import type { MigratedDatabase } from '../../support/migrated-database.js';
import { until } from '../../support/until.js';
import { metricOf } from './program-on.js';

/** Runs one statement as the superuser. */
export async function sql<Row extends object>(
  db: MigratedDatabase,
  statement: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  return onConnection(db.adminUrl, async (client) => (await client.query(statement, parameters)).rows as Row[]);
}

/** One number out of the database. */
export async function number(db: MigratedDatabase, statement: string, parameters: unknown[] = []): Promise<number> {
  const [row] = await sql(db, statement, parameters);
  return Number(Object.values(row ?? {})[0]);
}

/** An executor as operations see it. */
export async function consumer(flow: Flow, executor: string): Promise<Record<string, unknown>> {
  const { body } = await flow.call<{ items: Record<string, unknown>[] }>('GET', '/ops/consumers');
  return body.items.find((each) => each['executor'] === executor) ?? {};
}

/** Waits until an executor is in a state. */
export async function inState(flow: Flow, executor: string, state: string): Promise<Record<string, unknown>> {
  let seen = {};
  return until(
    `${executor} is ${state}`,
    async () => {
      const found = await consumer(flow, executor);
      seen = found;
      return found['state'] === state && found;
    },
    60_000,
  ).catch((error: Error) => {
    throw new Error(`${error.message}; it is ${JSON.stringify(seen)}`);
  });
}

/** The sum of a metric's values over all labels. */
export async function metric(flow: Flow, name: string): Promise<number> {
  return metricOf(flow.server.url, name);
}

/** How far the slot was acknowledged, and what the server keeps for it. */
export async function slotOn(db: MigratedDatabase): Promise<{ confirmed: bigint; retained: number }> {
  const [row] = await sql<{ confirmed: string; retained: string }>(
    db,
    `SELECT confirmed_flush_lsn - '0/0'::pg_lsn AS confirmed, pg_current_wal_lsn() - confirmed_flush_lsn AS retained
       FROM pg_replication_slots WHERE slot_name = $1`,
    [slotOf(db)],
  );
  return { confirmed: BigInt(row!.confirmed), retained: Number(row!.retained) };
}

/** What is wrong with what inventory has done for all orders: missing, double, out of step with its ledger. */
export async function inventoryFaults(db: MigratedDatabase): Promise<Record<string, unknown>> {
  const [row] = await sql<Record<string, unknown>>(
    db,
    `SELECT (SELECT count(*) FROM "order"."order" o LEFT JOIN inventory.order_reservation r USING (order_id)
              WHERE r.revision IS DISTINCT FROM o.revision)::int AS missing,
            (SELECT count(*) FROM (SELECT 1 FROM "order".order_status_history
              WHERE module = 'inventory' AND status_code <> 'inventory:reservation_backordered'
              GROUP BY order_id, status_code, payload ->> 'revision' HAVING count(*) > 1) AS d)::int AS double,
            (SELECT count(*) FROM "order".effective_line l FULL JOIN inventory.reservation r USING (order_line_id)
              WHERE coalesce(l.quantity, 0) <> coalesce(r.quantity, 0))::int AS "wrongDemand",
            (SELECT count(*) FROM inventory.stock_fold WHERE reserved <> reservations_reserved OR reserved > on_hand
                OR (on_hand, reserved) IS DISTINCT FROM (ledger_on_hand, ledger_reserved))::int AS "wrongStock",
            (SELECT count(*) FROM inventory.stock s JOIN inventory.reservation r ON r.stock_id = s.id
              WHERE r.backordered_quantity > 0 AND s.on_hand > s.reserved)::int AS "waitingInVain"`,
  );
  return row!;
}

/** What `inventoryFaults` gives when all is well. */
export const NO_FAULTS = { missing: 0, double: 0, wrongDemand: 0, wrongStock: 0, waitingInVain: 0 };
