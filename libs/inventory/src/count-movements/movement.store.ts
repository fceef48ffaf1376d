import { Injectable } from '@nestjs/common';
import { type ColumnTypes, effectId, insertRows, type ModuleTx } from '@orderkeel/platform';

/** What moved on one counter on one day (UTC), in rows of the ledger that follow each other. */
export interface Movement {
  readonly stock_id: string;
  readonly tenant_id: string | null;
  readonly sku: string;
  readonly location: string;
  readonly day: string;
  readonly received: string;
  readonly adjusted_up: string;
  readonly adjusted_down: string;
  readonly reserved: string;
  readonly released: string;
  readonly shipped: string;
  readonly returned: string;
  readonly transferred: string;
  readonly entries: number;
  /** The newest ledger row among them. */
  readonly through_sequence: number;
}

const COLUMNS: ColumnTypes<Movement & { id: string }> = {
  id: 'uuid',
  stock_id: 'uuid',
  tenant_id: 'uuid',
  sku: 'text',
  location: 'text',
  day: 'date',
  received: 'numeric',
  adjusted_up: 'numeric',
  adjusted_down: 'numeric',
  reserved: 'numeric',
  released: 'numeric',
  shipped: 'numeric',
  returned: 'numeric',
  transferred: 'numeric',
  entries: 'bigint',
  through_sequence: 'bigint',
};

/** A ledger is numbered without gaps and never goes back in time, so the newest day knows what is counted. */
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
          FROM unnest($1::uuid[]) AS w (stock_id)) AS c
  JOIN inventory.stock_ledger AS l ON l.stock_id = c.stock_id AND l.sequence > c.counted
 GROUP BY l.stock_id, l.tenant_id, l.sku, l.location, day`;

/** Adds to a day, whose id derives from counter and date, only what follows the rows that it has counted. */
const ADD_TO_DAY = `
ORDER BY stock_id, day
ON CONFLICT (id) DO UPDATE
   SET received = m.received + excluded.received, adjusted_up = m.adjusted_up + excluded.adjusted_up,
       adjusted_down = m.adjusted_down + excluded.adjusted_down, reserved = m.reserved + excluded.reserved,
       released = m.released + excluded.released, shipped = m.shipped + excluded.shipped,
       returned = m.returned + excluded.returned, transferred = m.transferred + excluded.transferred,
       entries = m.entries + excluded.entries, through_sequence = excluded.through_sequence
 WHERE m.through_sequence = excluded.through_sequence - excluded.entries`;

/** The days of inventory.stock_movement. */
@Injectable()
export class MovementStore {
  /** What the ledgers of the counters hold that is not counted yet. */
  async uncounted(tx: ModuleTx, stockIds: readonly string[]): Promise<Movement[]> {
    return tx.query<Movement>(UNCOUNTED, [stockIds]);
  }

  /** Counts it; throws a serialization failure, to be tried again, when another writer was faster. */
  async add(tx: ModuleTx, movements: readonly Movement[]): Promise<void> {
    const rows = movements.map((movement) => ({
      ...movement,
      id: effectId(movement.stock_id, 'inventory', 'movement', movement.day),
    }));
    const added = await insertRows(tx, 'inventory.stock_movement AS m', COLUMNS, rows, ADD_TO_DAY);
    if (added === rows.length) return;
    const message = `${rows.length - added} of ${rows.length} days were counted by somebody else meanwhile`;
    throw Object.assign(new Error(message), { code: SERIALIZATION_FAILURE, retriable: true });
  }
}

/** SQLSTATE of two transactions that met; whoever runs the batch tries it again. */
const SERIALIZATION_FAILURE = '40001';
