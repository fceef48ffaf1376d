import { effectId, type ColumnTypes } from '@orderkeel/platform';
import type { LedgerEntry, ShelfMove } from '../stock-book/plan.js';
import { quantityText } from '../stock-book/quantity.js';
import { backordered, type OrderRecord, type Reservation } from '../stock-book/reservation.js';
import type { Shelf } from '../stock-book/shelf.js';

type ColumnsOfPlan = ColumnTypes<Record<string, unknown>>;
type RowOf<Types extends ColumnsOfPlan> = Record<keyof Types & string, unknown>;

/** How far counters move, and from which ledger row on. */
export const MOVES = {
  id: 'uuid',
  from_sequence: 'bigint',
  to_sequence: 'bigint',
  on_hand: 'numeric',
  reserved: 'numeric',
  at: 'timestamptz',
} as const satisfies ColumnsOfPlan;

/** One move, as of `now`. */
export function moveRow(
  { shelf, fromSequence, deltaOnHand, deltaReserved }: ShelfMove,
  now: string,
): RowOf<typeof MOVES> {
  return {
    id: shelf.stockId,
    from_sequence: fromSequence,
    to_sequence: shelf.sequence,
    on_hand: quantityText(deltaOnHand),
    reserved: quantityText(deltaReserved),
    at: later(now, shelf),
  };
}

/** A ledger never goes back in time, whatever the clocks say. */
function later(now: string, { movedAt }: Shelf): string {
  return movedAt > now ? movedAt : now;
}

/** What ledger rows do not have from their counter; `note` is what a command says of its own. */
export const ENTRIES = {
  id: 'uuid',
  stock_id: 'uuid',
  sequence: 'bigint',
  kind: 'text',
  delta_on_hand: 'numeric',
  delta_reserved: 'numeric',
  on_hand_before: 'numeric',
  reserved_before: 'numeric',
  order_id: 'uuid',
  order_line_id: 'uuid',
  order_revision: 'int',
  cause_id: 'uuid',
  note: 'jsonb',
} as const satisfies ColumnsOfPlan;

/** One ledger row. */
export function entryRow(entry: LedgerEntry): RowOf<typeof ENTRIES> {
  const { shelf, line, cause } = entry;
  return {
    id: entryId(entry),
    stock_id: shelf.stockId,
    sequence: entry.sequence,
    kind: entry.kind,
    delta_on_hand: quantityText(entry.deltaOnHand),
    delta_reserved: quantityText(entry.deltaReserved),
    on_hand_before: quantityText(entry.onHandBefore),
    reserved_before: quantityText(entry.reservedBefore),
    order_id: line?.orderId,
    order_line_id: line?.orderLineId,
    order_revision: line?.revision,
    cause_id: cause.id,
    note: noteOf(entry),
  };
}

/** A stock adjustment is its ledger row; every other row derives its id, and a cause moves a line at most once each way. */
function entryId({ kind, cause, line }: LedgerEntry): string {
  return kind === 'adjustment' ? cause.id : effectId(cause.id, 'inventory', kind, line?.orderLineId);
}

function noteOf({ note, cause: { actor } }: LedgerEntry): object | null {
  if (!note && actor === undefined) return null;
  return { ...note, actor, counted: note?.counted === undefined ? undefined : quantityText(note.counted) };
}

/** What a decision changes of a reservation. */
export const CHANGES = {
  order_line_id: 'uuid',
  quantity: 'numeric',
  backordered_quantity: 'numeric',
  order_revision: 'int',
  stock_sequence: 'bigint',
} as const satisfies ColumnsOfPlan;

/** One reservation that is stored already. */
export function changeRow(reservation: Reservation): RowOf<typeof CHANGES> {
  return {
    order_line_id: reservation.orderLineId,
    quantity: quantityText(reservation.quantity),
    backordered_quantity: quantityText(backordered(reservation)),
    order_revision: reservation.revision,
    stock_sequence: reservation.stockSequence,
  };
}

/** What a new reservation does not have from its counter. */
export const RESERVATIONS = {
  ...CHANGES,
  id: 'uuid',
  order_id: 'uuid',
  stock_id: 'uuid',
  order_created_at: 'timestamptz',
} as const satisfies ColumnsOfPlan;

/** One new reservation; its id derives from the order line, so that a line has one. */
export function reservationRow(reservation: Reservation): RowOf<typeof RESERVATIONS> {
  const { order, orderLineId } = reservation;
  return {
    ...changeRow(reservation),
    id: effectId(order.orderId, 'inventory', 'reservation', orderLineId),
    order_id: order.orderId,
    stock_id: reservation.stockId,
    order_created_at: order.createdAt,
  };
}

/** Columns of inventory.order_reservation. */
export const ORDERS = {
  id: 'uuid',
  tenant_id: 'uuid',
  order_id: 'uuid',
  order_created_at: 'timestamptz',
  revision: 'int',
  outcome: 'text',
  updated_at: 'timestamptz',
} as const satisfies ColumnsOfPlan;

/** What an order has been told, as of `now`. */
export function orderRow(order: OrderRecord, now: string): RowOf<typeof ORDERS> {
  return {
    id: order.orderId,
    tenant_id: order.tenantId,
    order_id: order.orderId,
    order_created_at: order.createdAt,
    revision: order.revision,
    outcome: order.outcome,
    updated_at: now,
  };
}
