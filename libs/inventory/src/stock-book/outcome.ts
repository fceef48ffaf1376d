import type { NewStatus } from '@orderkeel/order/contract';
import type { ReservationOutcome } from '../contract/inventory.vocabulary.js';
import type { Cause } from './plan.js';
import { quantityText } from './quantity.js';
import { backordered, type OrderRecord, type Reservation } from './reservation.js';

/** What an order's reservations amount to. An order that wants nothing from stock is confirmed, without a reservation. */
export function outcomeOf(lines: readonly Reservation[]): ReservationOutcome {
  if (lines.some((line) => backordered(line) > 0n)) return 'backordered';
  return lines.length > 0 && lines.every(({ quantity }) => quantity === 0n) ? 'cancelled' : 'confirmed';
}

/** The entry that tells an outcome on the order's timeline. */
export function outcomeStatus(order: OrderRecord, outcome: ReservationOutcome, cause: Cause): NewStatus {
  const short = outcome === 'backordered' ? { shortLines: order.lines.filter(isShort).map(shortLine) } : {};
  return {
    orderId: order.orderId,
    tenantId: order.tenantId,
    statusCode: `inventory:reservation_${outcome}`,
    causeId: cause.id,
    category: 'fulfillment',
    severity: outcome === 'backordered' ? 'warning' : 'info',
    payload: { revision: order.revision, ...short },
    ...(cause.actor !== undefined && { writtenBy: cause.actor }),
  };
}

function isShort(reservation: Reservation): boolean {
  return backordered(reservation) > 0n;
}

function shortLine(reservation: Reservation): Record<string, string> {
  return {
    orderLineId: reservation.orderLineId,
    sku: reservation.sku,
    location: reservation.location,
    quantity: quantityText(reservation.quantity),
    backorderedQuantity: quantityText(backordered(reservation)),
  };
}
