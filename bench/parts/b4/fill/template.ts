import type pg from 'pg';
import { COPIED_TABLES, templateOf } from './copied-tables.js';
import { SPACING_MS, TEMPLATE_ORDERS } from './copies.js';

/**
 * Makes the schema `fill`: a thousand orders that the product itself wrote (those of the warm-up) as what is copied, and
 * what a copy does to counters and ledgers; unless it is there.
 */
export async function makeTemplate(database: pg.Client): Promise<void> {
  const { rowCount: isThere } = await database.query(`SELECT FROM pg_namespace WHERE nspname = 'fill'`);
  if (isThere) return;
  await database.query(TEMPLATE);
  const { rows } = await database.query<{ orders: number }>('SELECT count(*)::int AS orders FROM fill.template');
  if (rows[0]!.orders !== TEMPLATE_ORDERS) throw new Error(`the warm-up left ${rows[0]!.orders} orders to copy`);
  // Apart from the tables that grow, so that the thousandth copy is as fast as the first.
  for (const { name } of COPIED_TABLES)
    await database.query(
      `CREATE TABLE ${templateOf(name)} AS SELECT r.* FROM ${name} AS r JOIN fill.template USING (order_id)`,
    );
  await database.query('ANALYZE');
}

/** The copies go back in time from an hour before the first fill; a copy's own orders follow each other in time. */
const TEMPLATE = `
CREATE SCHEMA fill;

CREATE TABLE fill.template AS
SELECT o.id AS order_id, nth, (extract(epoch FROM date_trunc('milliseconds', now()) - interval '1 hour' - o.created_at) * 1000)::bigint
         - (${TEMPLATE_ORDERS} - nth) * ${SPACING_MS} AS shift_ms
  FROM (SELECT *, row_number() OVER (ORDER BY id) AS nth FROM "order"."order"
         WHERE order_intent_id LIKE 'warm-up-batches-%' ORDER BY id LIMIT ${TEMPLATE_ORDERS}) AS o;
CREATE UNIQUE INDEX ON fill.template (order_id);

-- A ledger is numbered without gaps: of a movement, which one of its counter's it is in a copy, and what the others before
-- it took.
CREATE TABLE fill.movement AS
SELECT l.id, l.stock_id, l.order_line_id, row_number() OVER counter AS nth,
       sum(l.delta_reserved) OVER counter - l.delta_reserved AS taken_before
  FROM inventory.stock_ledger AS l JOIN fill.template USING (order_id)
WINDOW counter AS (PARTITION BY l.stock_id ORDER BY l.sequence);
CREATE UNIQUE INDEX ON fill.movement (id);
CREATE UNIQUE INDEX ON fill.movement (order_line_id);

-- Where counters stand before copies are made, and what one copy moves.
CREATE TABLE fill.counter AS
SELECT l.stock_id, count(*) AS moves, sum(l.delta_reserved) AS takes, 0::bigint AS sequence, 0::numeric AS on_hand,
       0::numeric AS reserved, 0 AS first_copy, now() AS at
  FROM inventory.stock_ledger AS l JOIN fill.template USING (order_id) GROUP BY l.stock_id;
CREATE UNIQUE INDEX ON fill.counter (stock_id);

-- Time-ordered as the product's ids are, the rest a hash.
CREATE FUNCTION fill.id_at(of_ms bigint, hash text) RETURNS uuid LANGUAGE sql IMMUTABLE
  RETURN (lpad(to_hex(of_ms), 12, '0') || '8' || substr(hash, 1, 3) || 'a' || substr(hash, 4, 15))::uuid;
CREATE FUNCTION fill.copied(id uuid, shift_ms bigint, copy int) RETURNS uuid LANGUAGE sql IMMUTABLE
  RETURN fill.id_at(('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint + shift_ms, md5(id::text || copy));
CREATE FUNCTION fill.lines_copied(line_items jsonb, shift_ms bigint, copy int) RETURNS jsonb LANGUAGE sql IMMUTABLE
  RETURN (SELECT jsonb_agg(line || jsonb_build_object('orderLineId', fill.copied((line ->> 'orderLineId')::uuid, shift_ms, copy))
                           ORDER BY nth)
            FROM jsonb_array_elements(line_items) WITH ORDINALITY AS l(line, nth));
`;
