export { appendStatuses, type NewStatus } from './append-statuses.js';
export { effectiveOrders, type EffectiveOrder } from './effective-order.js';
export type { AdjustmentChange } from './fold-adjustments.js';
export { IngestPorts, type AcceptanceHook, type IntentFacts, type IntentGuard, type Verdict } from './ingest-ports.js';
export { IntentRejectionContract } from './intent-rejection.contract.js';
export { OrderIntentContract } from './order-intent.contract.js';
export { OrderContract } from './order.contract.js';
export { OrderStatusHistoryContract } from './order-status-history.contract.js';
