import { contentHash, validateBody, type Validated } from '@orderkeel/platform';
import { totalOf } from './intent-arithmetic.js';
import { orderIntentBody, type OrderIntentBody } from './intent-body.js';

/** An intent's content, checked, normalised and complete, with the hash that tells one content from another. */
export interface IntentContent extends OrderIntentBody {
  readonly totals: OrderIntentBody['totals'] & { readonly total: number };
  readonly contentHash: string;
}

/**
 * Checks an intent: schema, sizes, currency, arithmetic (interfaces 2). The API does so when it arrives, the ingestor
 * again for rows that modules wrote by contract (order X19). Pure; never throws for what was sent.
 */
export function validateIntent(body: unknown): Validated<IntentContent> {
  const validated = validateBody(orderIntentBody, body);
  return 'faults' in validated ? validated : { value: intentContent(validated.value) };
}

/**
 * Completes what passed the schema: the total where it was left out, and the content hash. The hash is taken of the
 * normalised content without `payloadHash`, so that `2` and `"2"` are the same content (interfaces 2).
 */
export function intentContent(body: OrderIntentBody): IntentContent {
  const complete = { ...body, totals: { ...body.totals, total: totalOf(body.totals) } };
  const { payloadHash: _, ...hashed } = complete;
  return { ...complete, contentHash: contentHash(hashed) };
}
