import { Injectable } from '@nestjs/common';
import type { ModuleTx } from '@orderkeel/platform';

/**
 * A ledger is numbered without gaps and never goes back in time, so the newest day knows what is counted. The counters
 * come as an array: joined as a table, a ledger that has outgrown its statistics would be read from end to end.
 */
const UNCOUNTED = `
SELECT l.stock_id, l.tenant_id, l.sku, l.location, (l.recorded_at AT TIME ZONE 'UTC')::date AS day,
       coalesce(sum(l.delta_on_hand) FILTER (WHERE l.kind = 'receipt'), 0) AS received,
       coalesce(sum(l.delta_on_hand) FILTER (WHERE l.kind = 'adjustment' AND l.delta_on_hand > 0), 0) AS adjusted_up,
       coalesce(-sum(l.delta_on_hand) FILTER (WHERE l.kind = 'adjustment' AND l.delta_on_hand < 0), 0) AS adjusted_down,
       coalesce(sum(l.delta_reserved) FILTER (WHERE l.kind = 'reserve'), 0) AS reserved,
       coalesce(-sum(l.delta_reserved) FILTER (WHERE l.kind = 'release'), 0) AS released,
       coalesce(-sum(l.delta_on_hand) FILTER (WHERE l.kind = 'ship'), 0) AS shipped,
       coalesce(sum(l.delta_on_hand) FILTER (WHERE l.kind = 'return'), 0) AS returned,
       coalesce(sum(l.delta_on_hand) FILTER (WHERE l.kind = 'transfer'), 0) AS transferred,
       count(*) AS entries, max(l.sequence) AS through_sequence
  FROM (SELECT w.stock_id, coalesce((SELECT m.through_sequence FROM inventory.stock_movement AS m
                                      WHERE m.stock_id = w.stock_id ORDER BY m.day DESC LIMIT 1), 0) AS counted
          FROM unnest(ARRAY(SELECT s.id FROM inventory.stock AS s WHERE s.sku = ANY($1))) AS w (stock_id)) AS c
  JOIN inventory.stock_ledger AS l ON l.stock_id = c.stock_id AND l.sequence > c.counted
 GROUP BY l.stock_id, l.tenant_id, l.sku, l.location, day`;

/** Adds to a day only what follows the rows that it has counted; opens the days that are new, whose ids derive from counter and date. */
const COUNT = `
WITH uncounted AS MATERIALIZED (${UNCOUNTED}),
added AS (
  UPDATE inventory.stock_movement AS m
     SET received = m.received + u.received, adjusted_up = m.adjusted_up + u.adjusted_up,
         adjusted_down = m.adjusted_down + u.adjusted_down, reserved = m.reserved + u.reserved,
         released = m.released + u.released, shipped = m.shipped + u.shipped, returned = m.returned + u.returned,
         transferred = m.transferred + u.transferred, entries = m.entries + u.entries, through_sequence = u.through_sequence
    FROM uncounted AS u
   WHERE m.stock_id = u.stock_id AND m.day = u.day AND m.through_sequence = u.through_sequence - u.entries
  RETURNING 1),
opened AS (
  INSERT INTO inventory.stock_movement (id, stock_id, tenant_id, sku, location, day, received, adjusted_up,
    adjusted_down, reserved, released, shipped, returned, transferred, entries, through_sequence)
  SELECT cdc.effect_id(u.stock_id, 'inventory', 'movement', u.day::text), u.* FROM uncounted AS u
   WHERE NOT EXISTS (SELECT FROM inventory.stock_movement AS m WHERE m.stock_id = u.stock_id AND m.day = u.day)
   ORDER BY u.stock_id, u.day ON CONFLICT (id) DO NOTHING
  RETURNING 1)
SELECT ((SELECT count(*) FROM uncounted) - (SELECT count(*) FROM added) - (SELECT count(*) FROM opened))::int AS missed`;

/** The days of inventory.stock_movement. */
@Injectable()
export class MovementStore {
  /**
   * Counts what the ledgers of the SKUs hold that is not counted yet. Throws a serialization failure, to be tried again,
   * when another writer was faster.
   */
  async count(tx: ModuleTx, skus: readonly string[]): Promise<void> {
    const [outcome] = await tx.query<{ missed: number }>(COUNT, [skus]);
    if (outcome?.missed === 0) return;
    const message = `${outcome?.missed} days were counted by somebody else meanwhile`;
    throw Object.assign(new Error(message), { code: SERIALIZATION_FAILURE, retriable: true });
  }
}

/** SQLSTATE of two transactions that met; whoever runs the batch tries it again. */
const SERIALIZATION_FAILURE = '40001';
