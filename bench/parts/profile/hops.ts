import type pg from 'pg';

/** The way of an order: what comes next, and milliseconds since what came before. */
export interface Hop {
  readonly name: string;
  readonly p50: number;
  readonly p99: number;
}

/** The moments of an order that the database knows, in their order; a clock of the writer's, or that of the commit. */
const MOMENTS = {
  received: 'i.received_at',
  'ingest decides': 'o.created_at',
  'order committed': 'pg_xact_commit_timestamp(o.xmin)',
  'reservation decided': 'r.updated_at',
  'reservation committed': 'pg_xact_commit_timestamp(r.xmin)',
} as const;

/** How long the orders whose keys begin so took from moment to moment, and on the whole. */
export async function hopsOf(database: pg.Client, prefix: string): Promise<Hop[]> {
  const moments = Object.entries(MOMENTS);
  const steps = moments.slice(1).map(([name, at], nth) => ({ name, from: moments[nth]![1], to: at }));
  const whole = { name: 'on the whole', from: MOMENTS.received, to: MOMENTS['reservation committed'] };
  const hops: Hop[] = [];
  for (const { name, from, to } of [...steps, whole]) {
    const { rows } = await database.query<Omit<Hop, 'name'>>(
      `SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY ms) AS p50, percentile_disc(0.99) WITHIN GROUP (ORDER BY ms) AS p99
         FROM (SELECT 1000 * extract(epoch FROM ${to} - ${from})::float8 AS ms
                 FROM "order".order_intent i JOIN "order"."order" o ON o.id = i.order_id
                 JOIN inventory.order_reservation r ON r.id = o.id
                WHERE i.order_intent_id LIKE $1 || '-%') AS way`,
      [prefix],
    );
    hops.push({ name, ...rows[0]! });
  }
  return hops;
}
