export { FulfilmentTaskContract } from './fulfilment-task.contract.js';
export { inventoryVocabulary } from './inventory.vocabulary.js';
export { ReceiptContract } from './receipt.contract.js';
export { ReservationContract } from './reservation.contract.js';
export { StockLedgerContract } from './stock-ledger.contract.js';
export { InventoryStockContract } from './stock.contract.js';
