import { OrderkeelModule } from '@orderkeel/platform';
import { IngestPorts } from './contract/ingest-ports.js';
import { AdjustOrderController } from './adjust-order/adjust-order.controller.js';
import { AppendEntryController } from './append-entry/append-entry.controller.js';
import { CancelOrderController } from './cancel-order/cancel-order.controller.js';
import { CloseEntryController } from './close-entry/close-entry.controller.js';
import { IntentRejectionContract } from './contract/intent-rejection.contract.js';
import { OrderIntentContract } from './contract/order-intent.contract.js';
import { OrderStatusHistoryContract } from './contract/order-status-history.contract.js';
import { OrderContract } from './contract/order.contract.js';
import { CreateOrderTables1795219100000 } from './data/migrations/create-order-tables.migration.js';
import { CreateOrderViews1795219100002 } from './data/migrations/create-order-views.migration.js';
import { CreateStatusHistory1795219100001 } from './data/migrations/create-status-history.migration.js';
import { ProtectOrders1795219100003 } from './data/migrations/protect-orders.migration.js';
import { TimelineEventsController } from './follow-timeline/timeline-events.controller.js';
import { Timelines } from './follow-timeline/timelines.js';
import { IngestIntent } from './ingest-intent/ingest-intent.reaction.js';
import { orderSettings } from './order.settings.js';
import { orderVocabulary } from './order.vocabulary.js';
import { ContractsController } from './published-language/contracts.controller.js';
import { VocabularyController } from './published-language/vocabulary.controller.js';
import { writeVocabulary } from './published-language/write-vocabulary.js';
import { IntentsController } from './read-intents/intents.controller.js';
import { OrdersController } from './read-orders/orders.controller.js';
import { TimelineController } from './read-timeline/timeline.controller.js';
import { Revisions } from './revise-order/revisions.js';
import { StatusBoardController } from './status-board/status-board.controller.js';
import { Backlog } from './submit-intent/backlog.js';
import { DecisionWaits } from './submit-intent/decision-waits.js';
import { INTENT_CONTENT } from './submit-intent/intent.store.js';
import { registerSources } from './submit-intent/register-sources.js';
import { SubmissionCounts } from './submit-intent/submission-counts.js';
import { Submissions } from './submit-intent/submissions.js';
import { SubmitBatchController } from './submit-intent/submit-batch.controller.js';
import { SubmitIntentController } from './submit-intent/submit-intent.controller.js';

/** The order core: accepts intents, keeps canonical orders and one append-only history, and knows no other module. */
@OrderkeelModule({
  name: 'order',
  purpose: 'Turns order intents from any channel into canonical orders and keeps one append-only status history.',
  schema: 'order',
  optional: false,
  dependsOn: ['commerce-core'],
  consumes: [OrderIntentContract],
  reads: ['core.customer', 'core.sku'],
  appendedByAll: ['order.order_status_history', 'order.status_closing'],
  writtenBySubmitters: { 'order.order_intent': [...INTENT_CONTENT, 'updated_at'] },
  readByWriters: {
    'order.order': ['id', 'tenant_id'],
    'order.source_registration': ['source_system', 'writer'],
    'order.status_vocabulary': ['code', 'module', 'namespace', 'writer'],
  },
  monthly: ['order.order_status_history'],
  publishes: [OrderIntentContract, IntentRejectionContract, OrderContract, OrderStatusHistoryContract],
  vocabulary: orderVocabulary,
  settings: orderSettings,
  migrations: [
    CreateOrderTables1795219100000,
    CreateStatusHistory1795219100001,
    CreateOrderViews1795219100002,
    ProtectOrders1795219100003,
  ],
  install: async (installation) => {
    await writeVocabulary(installation);
    await registerSources(installation);
  },
  executors: [IngestIntent],
  controllers: [
    SubmitBatchController,
    SubmitIntentController,
    IntentsController,
    OrdersController,
    CancelOrderController,
    AdjustOrderController,
    AppendEntryController,
    CloseEntryController,
    TimelineController,
    TimelineEventsController,
    StatusBoardController,
    VocabularyController,
    ContractsController,
  ],
  providers: [Submissions, SubmissionCounts, Backlog, DecisionWaits, Revisions, Timelines, IngestPorts],
})
export class OrderModule {}
