import { describe, expect, it } from '@jest/globals';
import {
  FulfilmentTaskContract,
  InventoryStockContract,
  ReceiptContract,
  ReservationContract,
  StockLedgerContract,
} from '@orderkeel/inventory/contract';
import {
  IntentRejectionContract,
  OrderContract,
  OrderIntentContract,
  OrderStatusHistoryContract,
} from '@orderkeel/order/contract';

/** Name, table and key of each contract, as outsiders rely on them (interfaces 2). */
const PUBLISHED = [
  [OrderIntentContract, 'order.orderIntent', 'order.order_intent', 'order_id'],
  [IntentRejectionContract, 'order.intentRejection', 'order.intent_rejection', 'order_id'],
  [OrderContract, 'order.order', 'order.order', 'order_id'],
  [OrderStatusHistoryContract, 'orderStatusHistory', 'order.order_status_history', 'order_id'],
  [InventoryStockContract, 'inventory.stock', 'inventory.stock', 'sku'],
  [StockLedgerContract, 'inventory.stockLedger', 'inventory.stock_ledger', 'sku'],
  [ReservationContract, 'inventory.reservation', 'inventory.reservation', 'order_id'],
  [FulfilmentTaskContract, 'inventory.fulfilmentTask', 'inventory.fulfilment_task', 'order_id'],
  [ReceiptContract, 'inventory.receipt', 'inventory.receipt', 'id'],
] as const;

describe('what outsiders know contracts by', () => {
  it.each(PUBLISHED)('%#: name, table and key stay', (contract, name, table, key) => {
    expect([contract.name, `${contract.schema}.${contract.table}`, contract.key]).toEqual([name, table, key]);
  });
});
