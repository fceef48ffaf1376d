import { SPACING_MS, TEMPLATE_ORDERS } from './copies.js';

/** How many orders there are, and how many copies have been made of the template. */
export const MADE = `
SELECT count(*)::int AS orders, (count(*) FILTER (WHERE order_intent_id LIKE 'fill-%') / ${TEMPLATE_ORDERS})::int AS copies
  FROM "order"."order"`;

/** Makes the months that copies reach back to; the parameter is how many there will be. */
export const MONTHS = `
SELECT cdc.create_month(p.partrelid::regclass, month::date)
  FROM pg_partitioned_table AS p,
       generate_series(date_trunc('month', now() - ($1::bigint + 1) * ${TEMPLATE_ORDERS * SPACING_MS} * interval '1 ms'), now(),
                       interval '1 month') AS month`;

/** Notes where counters stand and what time it is; the parameter is the first copy that will be made. */
export const COUNTERS_STAND = `
UPDATE fill.counter AS c
   SET sequence = s.sequence, on_hand = s.on_hand, reserved = s.reserved, first_copy = $1, at = now()
  FROM inventory.stock AS s WHERE s.id = c.stock_id`;

const COPIES = '($1::int - c.first_copy)';

/** Moves the counters to where the filled ledgers have them; the parameter is how many copies there are. */
export const MOVE_COUNTERS = `
UPDATE inventory.stock AS s
   SET sequence = c.sequence + ${COPIES} * c.moves, reserved = c.reserved + ${COPIES} * c.takes, updated_at = c.at
  FROM fill.counter AS c WHERE c.stock_id = s.id`;

/** Counts what was filled with the movements of its day, as the product's own executor would have. */
export const MOVE_DAYS = `
INSERT INTO inventory.stock_movement AS m (id, tenant_id, stock_id, sku, location, day, received, adjusted_up,
  adjusted_down, reserved, released, shipped, returned, transferred, entries, through_sequence)
SELECT cdc.effect_id(s.id, 'inventory', 'movement', (c.at AT TIME ZONE 'UTC')::date::text), s.tenant_id, s.id, s.sku,
       s.location, (c.at AT TIME ZONE 'UTC')::date, 0, 0, 0, ${COPIES} * c.takes, 0, 0, 0, 0, ${COPIES} * c.moves, s.sequence
  FROM fill.counter AS c JOIN inventory.stock AS s ON s.id = c.stock_id
ON CONFLICT (id) DO UPDATE
   SET reserved = m.reserved + excluded.reserved, entries = m.entries + excluded.entries,
       through_sequence = excluded.through_sequence`;
