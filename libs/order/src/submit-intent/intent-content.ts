import { contentHash, validateBody, type Validated } from '@orderkeel/platform';
import { totalOf } from './intent-arithmetic.js';
import { orderIntentBody, type OrderIntentBody } from './intent-body.js';

/** An intent's content, checked, normalised and complete. */
export interface CompleteIntent extends OrderIntentBody {
  readonly totals: OrderIntentBody['totals'] & { readonly total: number };
}

/** The same with the hash that tells one content from another. */
export interface IntentContent extends CompleteIntent {
  readonly contentHash: string;
}

/** Checks an intent and gives it its hash. Pure; never throws for what was sent. */
export function validateIntent(body: unknown): Validated<IntentContent> {
  const validated = validateBody(orderIntentBody, body);
  return 'faults' in validated ? validated : { value: intentContent(validated.value) };
}

/**
 * The same check without a hash: schema, sizes, currency, arithmetic (interfaces 2). The API makes it when an intent
 * arrives, the ingestor of every row that is stored (order X19).
 */
export function checkIntent(body: unknown): Validated<CompleteIntent> {
  const validated = validateBody(orderIntentBody, body);
  return 'faults' in validated ? validated : { value: complete(validated.value) };
}

/**
 * Completes what passed the check, with the content hash. It is taken of the normalised content without `payloadHash`, so
 * that `2` and `"2"` are the same content (interfaces 2).
 */
export function intentContent(body: OrderIntentBody): IntentContent {
  const content = complete(body);
  const { payloadHash: _, ...hashed } = content;
  return { ...content, contentHash: contentHash(hashed) };
}

/** With the total where it was left out. */
function complete(body: OrderIntentBody): CompleteIntent {
  return { ...body, totals: { ...body.totals, total: totalOf(body.totals) } };
}
