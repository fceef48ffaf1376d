export { FulfilmentTaskContract } from './fulfilment-task.contract.js';
export { inventoryVocabulary, type ReservationOutcome } from './inventory.vocabulary.js';
export { ReceiptContract } from './receipt.contract.js';
export { RESERVATION_STATES, ReservationContract, type ReservationState } from './reservation.contract.js';
export { STOCK_MOVEMENTS, StockLedgerContract, type StockMovement } from './stock-ledger.contract.js';
export { InventoryStockContract } from './stock.contract.js';
