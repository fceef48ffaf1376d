import { unnest } from '@orderkeel/platform';
import { CHANGES, ENTRIES, MOVES, RESERVATIONS } from './plan.rows.js';

/** Moves each counter on from the ledger row that its facts were read at; its CHECK refuses to oversell. */
export const MOVE_COUNTERS = `
UPDATE inventory.stock AS s
   SET on_hand = s.on_hand + r.on_hand, reserved = s.reserved + r.reserved, sequence = r.to_sequence, updated_at = r.at
  FROM ${unnest(MOVES)} WHERE s.id = r.id AND s.sequence = r.from_sequence`;

const ENTRY_COUNT = Object.keys(ENTRIES).length;

/**
 * Appends to the ledgers of counters that have just moved: their names and the time come from them. The last parameter
 * is who writes, where a cause names nobody.
 */
export const APPEND_ENTRIES = `
INSERT INTO inventory.stock_ledger (id, tenant_id, stock_id, sku, location, sequence, kind, delta_on_hand, delta_reserved,
  on_hand_before, reserved_before, counted, order_id, order_line_id, order_revision, cause_id, reason, reference, actor,
  idempotency_key, recorded_at)
SELECT r.id, s.tenant_id, r.stock_id, s.sku, s.location, r.sequence, r.kind, r.delta_on_hand, r.delta_reserved,
  r.on_hand_before, r.reserved_before, (r.note ->> 'counted')::numeric, r.order_id, r.order_line_id, r.order_revision,
  r.cause_id, r.note ->> 'reason', r.note ->> 'reference', coalesce(r.note ->> 'actor', $${ENTRY_COUNT + 1}::text),
  r.note ->> 'idempotencyKey', s.updated_at
  FROM ${unnest(ENTRIES)} JOIN inventory.stock AS s ON s.id = r.stock_id`;

/** The state of a reservation that wants and lacks so much. */
const STATE = `CASE WHEN r.quantity = 0 THEN 'cancelled' WHEN r.backordered_quantity > 0 THEN 'backordered' ELSE 'confirmed' END`;

const CHANGE_COUNT = Object.keys(CHANGES).length;
const RESERVATION_COUNT = Object.keys(RESERVATIONS).length;

/**
 * Makes reservations; the last parameter is the time. No arbiter for lines that have one: it would cost a third more, and
 * under the locks nobody else makes one, but for a person by hand, whom the next try reads.
 */
export const OPEN_RESERVATIONS = `
INSERT INTO inventory.reservation (id, tenant_id, order_id, order_line_id, stock_id, sku, location, quantity,
  backordered_quantity, state, order_revision, order_created_at, stock_sequence, created_at, updated_at)
SELECT r.id, s.tenant_id, r.order_id, r.order_line_id, r.stock_id, s.sku, s.location, r.quantity, r.backordered_quantity,
  ${STATE}, r.order_revision, r.order_created_at, r.stock_sequence, w.at, w.at
  FROM ${unnest(RESERVATIONS)} JOIN inventory.stock AS s ON s.id = r.stock_id
 CROSS JOIN (SELECT $${RESERVATION_COUNT + 1}::timestamptz AS at) AS w`;

/** Writes what was decided of reservations that exist; the last parameter is the time. */
export const CHANGE_RESERVATIONS = `
UPDATE inventory.reservation AS old
   SET quantity = r.quantity, backordered_quantity = r.backordered_quantity, state = ${STATE},
       order_revision = r.order_revision, stock_sequence = r.stock_sequence, updated_at = $${CHANGE_COUNT + 1}::timestamptz
  FROM ${unnest(CHANGES)} WHERE old.order_line_id = r.order_line_id`;

/** Notes what orders have been told; an older revision never replaces a newer one. */
export const OR_UPDATE_ORDER = `
ON CONFLICT (id) DO UPDATE
   SET revision = excluded.revision, outcome = excluded.outcome, updated_at = excluded.updated_at
 WHERE order_reservation.revision <= excluded.revision`;
