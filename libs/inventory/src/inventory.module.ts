import { OrderContract } from '@orderkeel/order/contract';
import { OrderkeelModule } from '@orderkeel/platform';
import { AdjustStock } from './adjust-stock/adjust-stock.js';
import { AdjustmentStore } from './adjust-stock/adjustment.store.js';
import { AdjustmentsController } from './adjust-stock/adjustments.controller.js';
import { BookReceipts } from './book-receipt/book-receipts.js';
import { ReceiptStore } from './book-receipt/receipt.store.js';
import { ReceiptsController } from './book-receipt/receipts.controller.js';
import {
  FulfilmentTaskContract,
  InventoryStockContract,
  inventoryVocabulary,
  ReceiptContract,
  ReservationContract,
  StockLedgerContract,
} from './contract/index.js';
import { CarryByHand } from './compare-projection/carry-by-hand.js';
import { CompareProjection } from './compare-projection/compare-projection.reaction.js';
import { ComparisonStore } from './compare-projection/comparison.store.js';
import { CountMovements } from './count-movements/count-movements.reaction.js';
import { MovementStore } from './count-movements/movement.store.js';
import { CreateReservationTables1795219200001 } from './data/migrations/create-reservation-tables.migration.js';
import { CreateStockTables1795219200000 } from './data/migrations/create-stock-tables.migration.js';
import { CreateStockViews1795219200002 } from './data/migrations/create-stock-views.migration.js';
import { Bookkeeper } from './data/bookkeeper.js';
import { ConfiguredLocations } from './data/configured-locations.js';
import { LocationStore } from './data/location.store.js';
import { OrderRecordStore } from './data/order-record.store.js';
import { PlanStore } from './data/plan.store.js';
import { ShelfStore } from './data/shelf.store.js';
import { SkuPolicyStore } from './data/sku-policy.store.js';
import { StockStore } from './data/stock.store.js';
import { WaitingStore } from './data/waiting.store.js';
import { inventorySettings } from './inventory.settings.js';
import { StockListStore } from './look-up-stock/stock-lists.store.js';
import { StockListsController } from './look-up-stock/stock-lists.controller.js';
import { ReserveOnOrder } from './reserve-on-order/reserve-on-order.reaction.js';

/** Reserves stock for orders and keeps a ledger of every movement; the order core has never heard of it. */
@OrderkeelModule({
  name: 'inventory',
  purpose: 'Reserves stock when orders appear or change, fills backorders when stock arrives, and keeps the ledger.',
  schema: 'inventory',
  optional: true,
  dependsOn: ['commerce-core', 'order'],
  consumes: [OrderContract, ReservationContract, StockLedgerContract],
  reads: ['core.sku', 'order.order', 'order.order_adjustment', 'order.order_status_history'],
  publishes: [
    InventoryStockContract,
    StockLedgerContract,
    ReservationContract,
    FulfilmentTaskContract,
    ReceiptContract,
  ],
  vocabulary: inventoryVocabulary,
  settings: inventorySettings,
  migrations: [CreateStockTables1795219200000, CreateReservationTables1795219200001, CreateStockViews1795219200002],
  executors: [ReserveOnOrder, CompareProjection, CountMovements],
  controllers: [StockListsController, ReceiptsController, AdjustmentsController],
  providers: [
    ConfiguredLocations,
    LocationStore,
    ShelfStore,
    StockListStore,
    BookReceipts,
    ReceiptStore,
    AdjustStock,
    AdjustmentStore,
    StockStore,
    SkuPolicyStore,
    OrderRecordStore,
    WaitingStore,
    PlanStore,
    Bookkeeper,
    CarryByHand,
    ComparisonStore,
    MovementStore,
  ],
})
export class InventoryModule {}
