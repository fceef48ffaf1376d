import type { StatusWord } from '@orderkeel/platform/contract';

/** The outcomes that an order's timeline tells of its stock. */
export type ReservationOutcome = 'confirmed' | 'backordered' | 'cancelled';

/** The words that inventory appends to an order's history (inventory S1.87-S1.91). */
export const inventoryVocabulary = [
  {
    code: 'inventory:reservation_created',
    meaning: 'Reserving stock for the order has begun',
    payload: 'revision',
    category: 'fulfillment',
    severity: 'info',
  },
  {
    code: 'inventory:reservation_confirmed',
    meaning: 'Everything that the order wants from stock is reserved, or it wants nothing from stock',
    payload: 'revision',
    category: 'fulfillment',
    severity: 'info',
  },
  {
    code: 'inventory:reservation_backordered',
    meaning: 'A part of the order, or all of it, waits for stock',
    payload: 'revision, shortLines: [{orderLineId, sku, location, quantity, backorderedQuantity}]',
    category: 'fulfillment',
    severity: 'warning',
  },
  {
    code: 'inventory:reservation_cancelled',
    meaning: 'The order wants nothing from stock any more; what was reserved is available again',
    payload: 'revision',
    category: 'fulfillment',
    severity: 'info',
  },
  {
    code: 'inventory:stock_adjusted',
    meaning: 'A stock adjustment concerned the order',
    payload: 'sku, location, delta',
    category: 'fulfillment',
    severity: 'info',
  },
  {
    code: 'inventory:fulfillment_task_created',
    meaning: 'Goods of the order are about to be picked',
    payload: 'fulfilmentTaskId',
    category: 'fulfillment',
    severity: 'info',
  },
  {
    code: 'inventory:shipped',
    meaning: 'Goods of the order have left',
    payload: 'fulfilmentTaskId, carrier, trackingNumber',
    category: 'fulfillment',
    severity: 'info',
  },
  {
    code: 'inventory:receipt_booked',
    meaning: 'Goods that arrived concerned the order',
    payload: 'receiptId, sku, location, quantity',
    category: 'fulfillment',
    severity: 'info',
  },
  {
    code: 'inventory:returned',
    meaning: 'Goods of the order came back',
    payload: 'sku, location, quantity',
    category: 'fulfillment',
    severity: 'info',
  },
] as const satisfies readonly StatusWord[];
