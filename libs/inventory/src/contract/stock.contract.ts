import { column, defineContract } from '@orderkeel/platform/contract';
import { z } from 'zod';

/**
 * `inventory.stock`: the locked counter of one SKU at one location (inventory X17). Never above what is on hand is
 * reserved: a CHECK holds it. What is available is on hand less reserved; the view inventory.remaining_stock says it.
 */
export const InventoryStockContract = defineContract({
  name: 'inventory.stock',
  schema: 'inventory',
  table: 'stock',
  key: 'sku',
  mutable: true,
  row: z.object({
    id: column.uuid(),
    tenant_id: column.uuid().nullable(),
    sku: column.text(),
    location: column.text(),
    on_hand: column.numeric(),
    reserved: column.numeric(),
    incoming: column.numeric().describe('announced, not yet received'),
    sequence: column.bigint().describe('number of the newest ledger row; 0 when there is none'),
    created_at: column.timestamptz(),
    updated_at: column.timestamptz().describe('time of the newest ledger row'),
  }),
  example: {
    id: '01a1fd4b-7c4d-8000-8000-000000000010',
    tenant_id: null,
    sku: '85123A',
    location: 'main',
    on_hand: '24.000000',
    reserved: '6.000000',
    incoming: '0.000000',
    sequence: 2,
    created_at: '2026-11-21T08:48:49.581123Z',
    updated_at: '2026-11-21T08:48:49.610000Z',
  },
});
