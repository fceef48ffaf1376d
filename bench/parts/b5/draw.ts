import type pg from 'pg';

/** Draws orders by chance, in no order, and gives of each its id or its customer. */
export type Draw = (what: 'id' | 'customer_ref') => Promise<string[]>;

/** Draws so many orders each time, give or take a hundredth or two, or all where there are no more; none is drawn twice. */
export async function drawing(database: pg.Client, count: number): Promise<Draw> {
  // By an index alone: the rows are to be met by those who are measured first.
  await database.query('SET enable_seqscan = off; SET enable_bitmapscan = off');
  return async (what) => {
    const { rows } = await database.query<{ drawn: string }>(
      `SELECT ${what} AS drawn FROM "order"."order"
        WHERE random() < $1 / (SELECT count(*)::float8 FROM "order"."order") ORDER BY random()`,
      [count],
    );
    return rows.map(({ drawn }) => drawn);
  };
}
