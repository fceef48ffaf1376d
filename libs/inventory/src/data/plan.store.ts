import { Injectable } from '@nestjs/common';
import { appendStatuses } from '@orderkeel/order/contract';
import { type ColumnTypes, columnsOf, insertRows, type ModuleTx, together } from '@orderkeel/platform';
import type { Plan } from '../stock-book/plan.js';
import {
  changeRow,
  CHANGES,
  ENTRIES,
  entryRow,
  moveRow,
  MOVES,
  orderRow,
  ORDERS,
  reservationRow,
  RESERVATIONS,
} from './plan.rows.js';
import { APPEND_ENTRIES, CHANGE_RESERVATIONS, MOVE_COUNTERS, OPEN_RESERVATIONS, OR_UPDATE_ORDER } from './plan.sql.js';

/** Writes what was decided. */
@Injectable()
export class PlanStore {
  /**
   * A statement per table and kind of change: counters, ledger, reservations, orders, history. The counters must have
   * been locked before their facts were read; when one has moved since, `stock-moved` is thrown, and nothing may be
   * committed.
   */
  async write(tx: ModuleTx, { moves, entries, opened, changed, orders, statuses }: Plan): Promise<void> {
    const now = tx.clock.now();
    const moveRows = moves.map((move) => moveRow(move, now));
    const orderRows = orders.map((order) => orderRow(order, now));
    await together(
      writeRows(tx, MOVE_COUNTERS, { types: MOVES, rows: moveRows }),
      writeRows(tx, APPEND_ENTRIES, { types: ENTRIES, rows: entries.map(entryRow) }, tx.writer),
      writeRows(tx, OPEN_RESERVATIONS, { types: RESERVATIONS, rows: opened.map(reservationRow) }, now),
      writeRows(tx, CHANGE_RESERVATIONS, { types: CHANGES, rows: changed.map(changeRow) }, now),
      insertRows(tx, 'inventory.order_reservation', ORDERS, orderRows, OR_UPDATE_ORDER).then((told) =>
        refuseLoss(orderRows.length, told),
      ),
      appendStatuses(tx, statuses),
    );
  }
}

interface Rows {
  readonly types: ColumnTypes<Record<string, unknown>>;
  readonly rows: readonly Record<string, unknown>[];
}

async function writeRows(tx: ModuleTx, sql: string, { types, rows }: Rows, ...last: readonly string[]): Promise<void> {
  if (rows.length > 0) refuseLoss(rows.length, await tx.execute(sql, [...columnsOf(types, rows), ...last]));
}

function refuseLoss(expected: number, written: number): void {
  if (written === expected) return;
  const message = `${expected - written} of ${expected} rows have moved since they were read under lock`;
  throw Object.assign(new Error(message), { code: 'stock-moved', retriable: false });
}
