import { column, defineContract } from '@orderkeel/platform/contract';
import { z } from 'zod';

/** `order.intentRejection`: why an intent did not become an order, so that the caller can diagnose (order S1.68, X19). */
export const IntentRejectionContract = defineContract({
  name: 'order.intentRejection',
  schema: 'order',
  table: 'intent_rejection',
  key: 'order_id',
  mutable: false,
  row: z.object({
    id: column.uuid(),
    order_id: column.uuid().describe('the order that the intent would have become'),
    intent_id: column.uuid(),
    tenant_id: column.uuid().nullable(),
    code: column
      .text()
      .describe('code of the first reason: unknown-sku, unknown-customer, guard:<name>, invalid-request'),
    http_status: column.int().describe('what the waiting caller is answered with'),
    reasons: column.jsonb().describe('array of {code, pointer?, message}'),
    content_hash: column.text().describe('of the content that was rejected'),
    created_at: column.timestamptz(),
  }),
  example: {
    id: '01a1fd4b-7c4d-8000-8000-000000000003',
    order_id: '01a1fd4b-7c4d-8000-8000-000000000002',
    intent_id: '01a1fd4b-7c4d-7000-8000-000000000001',
    tenant_id: null,
    code: 'unknown-sku',
    http_status: 422,
    reasons: '[{"code": "unknown-sku", "message": "SKU 85123A is not known", "pointer": "/lineItems/0/sku"}]',
    content_hash: 'b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184',
    created_at: '2026-11-21T08:48:49.590000Z',
  },
});
