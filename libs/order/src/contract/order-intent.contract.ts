import { column, defineContract } from '@orderkeel/platform/contract';
import { z } from 'zod';

/** The states of an intent (interfaces 2). `held` is a guard's answer, released by command. */
export const INTENT_STATES = ['received', 'accepted', 'rejected', 'held'] as const;
/** One of the states of an intent. */
export type IntentState = (typeof INTENT_STATES)[number];

/** `order.orderIntent`: what a channel asks for. Written by order, and by modules that declare `submits` (order S1.7-S1.16). */
export const OrderIntentContract = defineContract({
  name: 'order.orderIntent',
  schema: 'order',
  table: 'order_intent',
  key: 'order_id',
  mutable: true,
  acceptedBy: ['received_at', 'id'],
  row: z.object({
    id: column.uuid().describe('UUIDv7, made when the intent was first received'),
    order_id: column.uuid().describe('the order it becomes: derived from tenant, source system and order intent id'),
    tenant_id: column.uuid().nullable(),
    source_system: column.text().describe('logical id of the source, e.g. channel.shopify'),
    order_intent_id: column.text().describe("the caller's stable id; dedupes with source_system within the tenant"),
    external_order_id: column.text().nullable(),
    customer_ref: column.text(),
    line_items: column.jsonb().describe('array of lines: sku, quantity, unitPrice or unitPriceDecimal, total, ...'),
    totals: column.jsonb().describe('currency, subtotal, tax, shipping, discounts, total; minor units'),
    shipping_address: column.jsonb().nullable(),
    billing_address: column.jsonb().nullable(),
    metadata: column.jsonb().nullable(),
    payload_hash: column.text().nullable().describe("the caller's own hash, kept, never trusted"),
    content_hash: column.text().describe('SHA-256 of the RFC 8785 form without payloadHash, hex'),
    submitted_at: column.timestamptz().describe("the origin's time"),
    state: column.oneOf(INTENT_STATES),
    received_at: column.timestamptz(),
    updated_at: column.timestamptz(),
  }),
  example: {
    id: '01a1fd4b-7c4d-7000-8000-000000000001',
    order_id: '01a1fd4b-7c4d-8000-8000-000000000002',
    tenant_id: null,
    source_system: 'channel.shopify',
    order_intent_id: 'web-10045',
    external_order_id: '#10045',
    customer_ref: '17850',
    line_items: '[{"sku": "85123A", "total": 1530, "quantity": "6", "unitPrice": 255}]',
    totals: '{"tax": 306, "total": 1836, "currency": "GBP", "shipping": 0, "subtotal": 1530, "discounts": 0}',
    shipping_address: null,
    billing_address: null,
    metadata: '{}',
    payload_hash: null,
    content_hash: 'b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184',
    submitted_at: '2026-11-21T08:26:00.000000Z',
    state: 'received',
    received_at: '2026-11-21T08:48:49.581123Z',
    updated_at: '2026-11-21T08:48:49.581123Z',
  },
});
