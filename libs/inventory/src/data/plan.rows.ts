import { effectId, type ColumnTypes } from '@orderkeel/platform';
import type { ReservationState } from '../contract/reservation.contract.js';
import type { LedgerEntry, ShelfMove } from '../stock-book/plan.js';
import { quantityText } from '../stock-book/quantity.js';
import { backordered, type OrderRecord, type Reservation } from '../stock-book/reservation.js';
import type { Shelf } from '../stock-book/shelf.js';

type ValueOf<Types> = Record<keyof Types & string, unknown>;

/** How far a counter moves, and from which ledger row on. */
export const MOVES = {
  id: 'uuid',
  from_sequence: 'bigint',
  to_sequence: 'bigint',
  on_hand: 'numeric',
  reserved: 'numeric',
  at: 'timestamptz',
} as const satisfies ColumnTypes<Record<string, unknown>>;

/** One move, as of `now`. */
export function moveRow(
  { shelf, fromSequence, deltaOnHand, deltaReserved }: ShelfMove,
  now: string,
): ValueOf<typeof MOVES> {
  return {
    id: shelf.stockId,
    from_sequence: fromSequence,
    to_sequence: shelf.sequence,
    on_hand: quantityText(deltaOnHand),
    reserved: quantityText(deltaReserved),
    at: later(now, shelf),
  };
}

/** Columns of inventory.stock_ledger. */
export const LEDGER = {
  id: 'uuid',
  tenant_id: 'uuid',
  stock_id: 'uuid',
  sku: 'text',
  location: 'text',
  sequence: 'bigint',
  kind: 'text',
  delta_on_hand: 'numeric',
  delta_reserved: 'numeric',
  on_hand_before: 'numeric',
  reserved_before: 'numeric',
  counted: 'numeric',
  order_id: 'uuid',
  order_line_id: 'uuid',
  order_revision: 'int',
  cause_id: 'uuid',
  reason: 'text',
  reference: 'text',
  actor: 'text',
  idempotency_key: 'text',
  recorded_at: 'timestamptz',
} as const satisfies ColumnTypes<Record<string, unknown>>;

/** One ledger row, written by `writer`, as of `now`. */
export function ledgerRow(entry: LedgerEntry, writer: string, now: string): ValueOf<typeof LEDGER> {
  const { shelf, line, note, cause } = entry;
  return {
    id: ledgerId(entry),
    tenant_id: shelf.tenantId,
    stock_id: shelf.stockId,
    sku: shelf.sku,
    location: shelf.location,
    sequence: entry.sequence,
    kind: entry.kind,
    delta_on_hand: quantityText(entry.deltaOnHand),
    delta_reserved: quantityText(entry.deltaReserved),
    on_hand_before: quantityText(entry.onHandBefore),
    reserved_before: quantityText(entry.reservedBefore),
    counted: note?.counted === undefined ? null : quantityText(note.counted),
    order_id: line?.orderId,
    order_line_id: line?.orderLineId,
    order_revision: line?.revision,
    cause_id: cause.id,
    reason: note?.reason,
    reference: note?.reference,
    actor: cause.actor ?? writer,
    idempotency_key: note?.idempotencyKey,
    recorded_at: later(now, shelf),
  };
}

/** A stock adjustment is its ledger row; every other row derives its id, and a cause moves a line at most once each way. */
function ledgerId({ kind, cause, line }: LedgerEntry): string {
  return kind === 'adjustment' ? cause.id : effectId(cause.id, 'inventory', kind, line?.orderLineId);
}

/** Columns of inventory.reservation. */
export const RESERVATIONS = {
  id: 'uuid',
  tenant_id: 'uuid',
  order_id: 'uuid',
  order_line_id: 'uuid',
  stock_id: 'uuid',
  sku: 'text',
  location: 'text',
  quantity: 'numeric',
  backordered_quantity: 'numeric',
  state: 'text',
  order_revision: 'int',
  order_created_at: 'timestamptz',
  stock_sequence: 'bigint',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const satisfies ColumnTypes<Record<string, unknown>>;

/** One reservation, as of `now`; its id derives from the order line, so that a line has one. */
export function reservationRow(reservation: Reservation, now: string): ValueOf<typeof RESERVATIONS> {
  const { order, orderLineId, quantity } = reservation;
  return {
    id: effectId(order.orderId, 'inventory', 'reservation', orderLineId),
    tenant_id: order.tenantId,
    order_id: order.orderId,
    order_line_id: orderLineId,
    stock_id: reservation.stockId,
    sku: reservation.sku,
    location: reservation.location,
    quantity: quantityText(quantity),
    backordered_quantity: quantityText(backordered(reservation)),
    state: stateOf(reservation),
    order_revision: reservation.revision,
    order_created_at: order.createdAt,
    stock_sequence: reservation.stockSequence,
    created_at: now,
    updated_at: now,
  };
}

function stateOf(reservation: Reservation): ReservationState {
  if (reservation.quantity === 0n) return 'cancelled';
  return backordered(reservation) > 0n ? 'backordered' : 'confirmed';
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
} as const satisfies ColumnTypes<Record<string, unknown>>;

/** What an order has been told, as of `now`. */
export function orderRow(order: OrderRecord, now: string): ValueOf<typeof ORDERS> {
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

/** A shelf's ledger never goes back in time, whatever the clocks say. */
function later(now: string, { movedAt }: Shelf): string {
  return movedAt > now ? movedAt : now;
}
