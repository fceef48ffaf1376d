import { Injectable } from '@nestjs/common';
import type { ModuleTx } from '@orderkeel/platform';

/** A ledger is numbered without gaps and never goes back in time, so the newest day knows what is counted. */
const UNCOUNTED = `
SELECT cdc.effect_id(l.stock_id, 'inventory', 'movement', l.day::text) AS id, l.stock_id, l.tenant_id, l.sku, l.location, l.day,
       coalesce(sum(l.delta_on_hand) FILTER (WHERE l.kind = 'receipt'), 0) AS received,
       coalesce(sum(l.delta_on_hand) FILTER (WHERE l.kind = 'adjustment' AND l.delta_on_hand > 0), 0) AS adjusted_up,
       coalesce(-sum(l.delta_on_hand) FILTER (WHERE l.kind = 'adjustment' AND l.delta_on_hand < 0), 0) AS adjusted_down,
       coalesce(sum(l.delta_reserved) FILTER (WHERE l.kind = 'reserve'), 0) AS reserved,
       coalesce(-sum(l.delta_reserved) FILTER (WHERE l.kind = 'release'), 0) AS released,
       coalesce(-sum(l.delta_on_hand) FILTER (WHERE l.kind = 'ship'), 0) AS shipped,
       coalesce(sum(l.delta_on_hand) FILTER (WHERE l.kind = 'return'), 0) AS returned,
       coalesce(sum(l.delta_on_hand) FILTER (WHERE l.kind = 'transfer'), 0) AS transferred,
       count(*) AS entries, max(l.sequence) AS through_sequence
  FROM (SELECT s.id AS stock_id, coalesce((SELECT m.through_sequence FROM inventory.stock_movement AS m
                                            WHERE m.stock_id = s.id ORDER BY m.day DESC LIMIT 1), 0) AS counted
          FROM inventory.stock AS s WHERE s.sku = ANY($1)) AS c
  JOIN LATERAL (SELECT *, (recorded_at AT TIME ZONE 'UTC')::date AS day FROM inventory.stock_ledger AS e
                 WHERE e.stock_id = c.stock_id AND e.sequence > c.counted) AS l ON true
 GROUP BY l.stock_id, l.tenant_id, l.sku, l.location, l.day`;

/** Adds to a day, whose id derives from counter and date, only what follows the rows that it has counted. */
const COUNT = `
WITH uncounted AS MATERIALIZED (${UNCOUNTED}),
counted AS (
  INSERT INTO inventory.stock_movement AS m (id, stock_id, tenant_id, sku, location, day, received, adjusted_up,
    adjusted_down, reserved, released, shipped, returned, transferred, entries, through_sequence)
  SELECT * FROM uncounted ORDER BY stock_id, day
  ON CONFLICT (id) DO UPDATE
     SET received = m.received + excluded.received, adjusted_up = m.adjusted_up + excluded.adjusted_up,
         adjusted_down = m.adjusted_down + excluded.adjusted_down, reserved = m.reserved + excluded.reserved,
         released = m.released + excluded.released, shipped = m.shipped + excluded.shipped,
         returned = m.returned + excluded.returned, transferred = m.transferred + excluded.transferred,
         entries = m.entries + excluded.entries, through_sequence = excluded.through_sequence
   WHERE m.through_sequence = excluded.through_sequence - excluded.entries
  RETURNING 1)
SELECT (SELECT count(*) FROM uncounted)::int - (SELECT count(*) FROM counted)::int AS missed`;

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
