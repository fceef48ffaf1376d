import { column, defineContract } from '@orderkeel/platform/contract';
import { z } from 'zod';

/**
 * `orderStatusHistory`: the append-only history that every module appends to, in its own namespace (order S1.24-S1.35).
 * `recorded_at` is the writer's and only sorts; an entry is stored by its id, whose first 48 bits are the cause's time.
 */
export const OrderStatusHistoryContract = defineContract({
  name: 'orderStatusHistory',
  schema: 'order',
  table: 'order_status_history',
  key: 'order_id',
  mutable: false,
  acceptedBy: ['seq'],
  row: z.object({
    id: column.uuid(),
    order_id: column.uuid(),
    tenant_id: column.uuid().nullable(),
    module: column.text().describe('the namespace, e.g. inventory, payment'),
    status_code: column.text().describe('namespace:status'),
    category: column.oneOf(['fulfillment', 'payment', 'support']).nullable(),
    severity: column.oneOf(['info', 'warning', 'blocking']).nullable(),
    payload: column.jsonb(),
    recorded_at: column.timestamptz(),
    written_by: column.text().describe('executor or actor'),
    closes_entry_id: column.uuid().nullable().describe('the entry that this one closes'),
    seq: column.bigint().describe('breaks ties of recorded_at; no commit order'),
  }),
  example: {
    id: '01a1fd4b-7c4d-8000-8000-000000000005',
    order_id: '01a1fd4b-7c4d-8000-8000-000000000002',
    tenant_id: null,
    module: 'order',
    status_code: 'order:submitted',
    category: null,
    severity: 'info',
    payload: '{"revision": 1}',
    recorded_at: '2026-11-21T08:48:49.600000Z',
    written_by: 'orderIntentIngestor',
    closes_entry_id: null,
    seq: 1,
  },
});
