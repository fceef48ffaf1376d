import { Injectable } from '@nestjs/common';
import { appendStatuses } from '@orderkeel/order/contract';
import { columnsOf, insertRows, unnest, type ModuleTx } from '@orderkeel/platform';
import type { Plan } from '../stock-book/plan.js';
import { LEDGER, ledgerRow, moveRow, MOVES, orderRow, ORDERS, reservationRow, RESERVATIONS } from './plan.rows.js';

/** Moves each counter on from the ledger row that its facts were read at; its CHECK refuses to oversell. */
const MOVE_COUNTERS = `
UPDATE inventory.stock AS s
   SET on_hand = s.on_hand + r.on_hand, reserved = s.reserved + r.reserved, sequence = r.to_sequence, updated_at = r.at
  FROM ${unnest(MOVES)} WHERE s.id = r.id AND s.sequence = r.from_sequence`;

const OR_UPDATE_RESERVATION = `
ON CONFLICT (order_line_id) DO UPDATE
   SET quantity = excluded.quantity, backordered_quantity = excluded.backordered_quantity, state = excluded.state,
       order_revision = excluded.order_revision, stock_sequence = excluded.stock_sequence, updated_at = excluded.updated_at`;

const OR_UPDATE_ORDER = `
ON CONFLICT (id) DO UPDATE
   SET revision = excluded.revision, outcome = excluded.outcome, updated_at = excluded.updated_at
 WHERE order_reservation.revision <= excluded.revision`;

/** Writes what was decided. */
@Injectable()
export class PlanStore {
  /**
   * One statement per table: counters, ledger, reservations, orders, history. The counters must have been locked before
   * their facts were read; a row that has moved since throws `stock-moved`, and nothing is written.
   */
  async write(tx: ModuleTx, { moves, entries, reservations, orders, statuses }: Plan): Promise<void> {
    const now = tx.clock.now();
    if (moves.length > 0) {
      const rows = moves.map((move) => moveRow(move, now));
      refuseLoss('counters', rows.length, await tx.execute(MOVE_COUNTERS, columnsOf(MOVES, rows)));
    }
    const ledgerRows = entries.map((entry) => ledgerRow(entry, tx.writer, now));
    await insertRows(tx, 'inventory.stock_ledger', LEDGER, ledgerRows);
    const reservationRows = reservations.map((reservation) => reservationRow(reservation, now));
    await insertRows(tx, 'inventory.reservation', RESERVATIONS, reservationRows, OR_UPDATE_RESERVATION);
    const orderRows = orders.map((order) => orderRow(order, now));
    const told = await insertRows(tx, 'inventory.order_reservation', ORDERS, orderRows, OR_UPDATE_ORDER);
    refuseLoss('orders', orderRows.length, told);
    await appendStatuses(tx, statuses);
  }
}

function refuseLoss(what: string, expected: number, written: number): void {
  if (written === expected) return;
  const message = `${expected - written} of ${expected} ${what} have moved since they were read under lock`;
  throw Object.assign(new Error(message), { code: 'stock-moved', retriable: false });
}
