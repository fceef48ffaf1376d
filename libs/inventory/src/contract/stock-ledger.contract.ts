import { column, defineContract } from '@orderkeel/platform/contract';
import { z } from 'zod';

/** What moved stock. `reserve` and `release` move what is reserved, the others what is on hand (`ship` both). */
export const STOCK_MOVEMENTS = ['receipt', 'adjustment', 'reserve', 'release', 'ship', 'return', 'transfer'] as const;
/** One kind of movement. */
export type StockMovement = (typeof STOCK_MOVEMENTS)[number];

/**
 * `inventory.stockLedger`: every movement of a counter, append-only, numbered without gaps per SKU and location, with
 * what the decision was made from: the stock before it and the order's revision (inventory S1.85, reliability 3.10).
 * The counter is the sum of its ledger rows.
 */
export const StockLedgerContract = defineContract({
  name: 'inventory.stockLedger',
  schema: 'inventory',
  table: 'stock_ledger',
  key: 'sku',
  mutable: false,
  acceptedBy: ['recorded_at', 'id'],
  row: z.object({
    id: column.uuid(),
    tenant_id: column.uuid().nullable(),
    stock_id: column.uuid().describe('the counter that moved'),
    sku: column.text(),
    location: column.text(),
    sequence: column.bigint().describe('1, 2, 3, ... per counter, in the order in which the counter moved'),
    kind: column.oneOf(STOCK_MOVEMENTS),
    delta_on_hand: column.numeric(),
    delta_reserved: column.numeric(),
    on_hand_before: column.numeric(),
    reserved_before: column.numeric(),
    counted: column.numeric().nullable().describe('what a count found, when an adjustment was a count'),
    order_id: column.uuid().nullable(),
    order_line_id: column.uuid().nullable(),
    order_revision: column.int().nullable().describe('the revision that the decision was made for'),
    cause_id: column
      .uuid()
      .describe(
        'the order, adjustment of an order, receipt or stock adjustment that moved it; of a reservation by hand an id of its own',
      ),
    reason: column.text().nullable(),
    reference: column.text().nullable(),
    actor: column.text().describe('executor or person'),
    idempotency_key: column.text().nullable(),
    recorded_at: column.timestamptz().describe('never earlier than the row before it'),
  }),
  example: {
    id: '01a1fd4b-7c4d-8000-8000-000000000011',
    tenant_id: null,
    stock_id: '01a1fd4b-7c4d-8000-8000-000000000010',
    sku: '85123A',
    location: 'main',
    sequence: 2,
    kind: 'reserve',
    delta_on_hand: '0.000000',
    delta_reserved: '6.000000',
    on_hand_before: '24.000000',
    reserved_before: '0.000000',
    counted: null,
    order_id: '01a1fd4b-7c4d-8000-8000-000000000002',
    order_line_id: '01a1fd4b-7c4d-8000-8000-000000000004',
    order_revision: 1,
    cause_id: '01a1fd4b-7c4d-8000-8000-000000000002',
    reason: null,
    reference: null,
    actor: 'inventoryReservationIntake',
    idempotency_key: null,
    recorded_at: '2026-11-21T08:48:49.610000Z',
  },
});
