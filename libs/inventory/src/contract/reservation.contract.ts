import { column, defineContract } from '@orderkeel/platform/contract';
import { z } from 'zod';

/** The states of a reservation. `created`: reserving has begun; `fulfilled`: its goods have left. */
export const RESERVATION_STATES = ['created', 'confirmed', 'backordered', 'cancelled', 'fulfilled'] as const;
/** One of the states of a reservation. */
export type ReservationState = (typeof RESERVATION_STATES)[number];

/**
 * `inventory.reservation`: what one order line wants and what of it waits for stock (inventory S1.84). Reserved is the
 * quantity less what is backordered. One row per order line, kept when it wants nothing any more.
 */
export const ReservationContract = defineContract({
  name: 'inventory.reservation',
  schema: 'inventory',
  table: 'reservation',
  key: 'order_id',
  mutable: true,
  row: z.object({
    id: column.uuid(),
    tenant_id: column.uuid().nullable(),
    order_id: column.uuid(),
    order_line_id: column.uuid().describe("the orderLineId of the order's line"),
    stock_id: column.uuid().describe('the counter that it reserves from'),
    sku: column.text(),
    location: column.text(),
    quantity: column.numeric().describe('what the line wants now'),
    backordered_quantity: column.numeric().describe('what of it waits for stock'),
    state: column.oneOf(RESERVATION_STATES),
    origin: column.oneOf(['automated', 'manual']),
    order_revision: column.int().describe('the revision of the order that it was last decided for'),
    order_created_at: column.timestamptz().describe('backorders are filled in this order'),
    stock_sequence: column.bigint().describe("the counter's newest ledger row when it was last decided"),
    created_at: column.timestamptz(),
    updated_at: column.timestamptz(),
  }),
  example: {
    id: '01a1fd4b-7c4d-8000-8000-000000000012',
    tenant_id: null,
    order_id: '01a1fd4b-7c4d-8000-8000-000000000002',
    order_line_id: '01a1fd4b-7c4d-8000-8000-000000000004',
    stock_id: '01a1fd4b-7c4d-8000-8000-000000000010',
    sku: '85123A',
    location: 'main',
    quantity: '6.000000',
    backordered_quantity: '0.000000',
    state: 'confirmed',
    origin: 'automated',
    order_revision: 1,
    order_created_at: '2026-11-21T08:48:49.600000Z',
    stock_sequence: 2,
    created_at: '2026-11-21T08:48:49.610000Z',
    updated_at: '2026-11-21T08:48:49.610000Z',
  },
});
