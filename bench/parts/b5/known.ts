import type pg from 'pg';

/** What there is to be asked for, by chance. */
export interface Known {
  readonly orderIds: readonly string[];
  readonly customers: readonly string[];
}

/** So many orders are asked for: more than a cache would notice, few enough to be told to the load generator. */
const ORDERS = 5_000;

/** Picks orders, and their customers, from all that there are. */
export async function pickKnown(database: pg.Client): Promise<Known> {
  const { rows } = await database.query<{ id: string; customer: string }>(
    `SELECT id, customer_ref AS customer FROM "order"."order" ORDER BY random() LIMIT ${ORDERS}`,
  );
  return { orderIds: rows.map(({ id }) => id), customers: rows.map(({ customer }) => customer) };
}
