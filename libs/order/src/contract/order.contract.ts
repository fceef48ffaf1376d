import { column, defineContract } from '@orderkeel/platform/contract';
import { z } from 'zod';

/**
 * `order.order`: the canonical order. Lines, currency and totals never change; a cancel or an adjustment is a row of
 * order.order_adjustment and a higher `revision`. So an update event says only that this order changed: read
 * `effectiveOrders` (order S1.17-S1.23, X4).
 */
export const OrderContract = defineContract({
  name: 'order.order',
  schema: 'order',
  table: 'order',
  key: 'order_id',
  mutable: true,
  row: z.object({
    id: column.uuid(),
    order_id: column.uuid().describe('equal to id; the key that all contracts of an order share'),
    tenant_id: column.uuid().nullable(),
    intent_ref: column.uuid().describe('the intent it came from'),
    source_system: column.text(),
    order_intent_id: column.text(),
    external_order_id: column.text().nullable(),
    customer_ref: column.text(),
    currency: column.text().describe('ISO 4217'),
    line_items: column.jsonb().describe('array of lines with orderLineId; immutable'),
    totals: column.jsonb().describe('as accepted: currency, subtotal, tax, shipping, discounts, total'),
    shipping_address: column.jsonb().nullable(),
    billing_address: column.jsonb().nullable(),
    metadata: column.jsonb().nullable(),
    submitted_at: column.timestamptz().describe("the origin's time"),
    revision: column.int().describe('1 when created; each cancel or adjustment adds 1'),
    created_at: column.timestamptz(),
    updated_at: column.timestamptz(),
  }),
  example: {
    id: '01a1fd4b-7c4d-8000-8000-000000000002',
    order_id: '01a1fd4b-7c4d-8000-8000-000000000002',
    tenant_id: null,
    intent_ref: '01a1fd4b-7c4d-7000-8000-000000000001',
    source_system: 'channel.shopify',
    order_intent_id: 'web-10045',
    external_order_id: '#10045',
    customer_ref: '17850',
    currency: 'GBP',
    line_items:
      '[{"sku": "85123A", "total": 1530, "quantity": "6", "unitPrice": 255, "orderLineId": "01a1fd4b-7c4d-8000-8000-000000000004"}]',
    totals: '{"tax": 306, "total": 1836, "currency": "GBP", "shipping": 0, "subtotal": 1530, "discounts": 0}',
    shipping_address: null,
    billing_address: null,
    metadata: '{}',
    submitted_at: '2026-11-21T08:26:00.000000Z',
    revision: 1,
    created_at: '2026-11-21T08:48:49.600000Z',
    updated_at: '2026-11-21T08:48:49.600000Z',
  },
});
