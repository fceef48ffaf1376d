import { column, defineContract } from '@orderkeel/platform/contract';
import { z } from 'zod';

const FULFILMENT_STATES = ['open', 'picked', 'packed', 'shipped', 'cancelled'] as const;

/** `inventory.fulfilmentTask`: goods of one order that leave one location together (inventory, "One fulfilment"). */
export const FulfilmentTaskContract = defineContract({
  name: 'inventory.fulfilmentTask',
  schema: 'inventory',
  table: 'fulfilment_task',
  key: 'order_id',
  mutable: true,
  row: z.object({
    id: column.uuid(),
    tenant_id: column.uuid().nullable(),
    order_id: column.uuid(),
    location: column.text(),
    lines: column.jsonb().describe('array of {orderLineId, sku, quantity}'),
    state: column.oneOf(FULFILMENT_STATES),
    carrier: column.text().nullable(),
    tracking_number: column.text().nullable(),
    created_at: column.timestamptz(),
    updated_at: column.timestamptz(),
  }),
  example: {
    id: '01a1fd4b-7c4d-8000-8000-000000000013',
    tenant_id: null,
    order_id: '01a1fd4b-7c4d-8000-8000-000000000002',
    location: 'main',
    lines: '[{"sku": "85123A", "quantity": "6", "orderLineId": "01a1fd4b-7c4d-8000-8000-000000000004"}]',
    state: 'open',
    carrier: null,
    tracking_number: null,
    created_at: '2026-11-21T08:48:49.620000Z',
    updated_at: '2026-11-21T08:48:49.620000Z',
  },
});
