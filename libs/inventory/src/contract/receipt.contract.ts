import { column, defineContract } from '@orderkeel/platform/contract';
import { z } from 'zod';

/** `inventory.receipt`: goods that arrived at a location. Append-only; a mistake is corrected by a stock adjustment. */
export const ReceiptContract = defineContract({
  name: 'inventory.receipt',
  schema: 'inventory',
  table: 'receipt',
  key: 'id',
  mutable: false,
  row: z.object({
    id: column.uuid(),
    tenant_id: column.uuid().nullable(),
    sku: column.text(),
    location: column.text(),
    quantity: column.numeric(),
    reference: column.text().nullable(),
    actor: column.text(),
    idempotency_key: column.text().nullable(),
    created_at: column.timestamptz(),
  }),
  example: {
    id: '01a1fd4b-7c4d-7000-8000-000000000014',
    tenant_id: null,
    sku: '85123A',
    location: 'main',
    quantity: '24.000000',
    reference: 'delivery note 4711',
    actor: 'anonymous',
    idempotency_key: null,
    created_at: '2026-11-21T08:48:49.581123Z',
  },
});
