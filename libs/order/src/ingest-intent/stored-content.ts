import { withoutNulls } from '@orderkeel/platform';
import { checkIntent } from '../submit-intent/intent-content.js';
import type { IngestDecision } from './ingest.decide.js';
import type { StoredIntent } from './intent.store.js';

/**
 * The check that the API makes of what arrives, made of what is stored: modules may insert intents by contract, an older
 * version may have checked less, and the money of an order must add up whoever wrote it (order X19).
 */
export function checkContent(intents: readonly StoredIntent[]): IngestDecision[] {
  return intents.map(({ content, ...intent }) => {
    const checked = checkIntent(withoutNulls(content));
    if ('faults' in checked) {
      const reasons = checked.faults.map(({ pointer = '', message }) => ({
        code: 'invalid-request',
        pointer,
        message,
      }));
      return { kind: 'reject', intent, httpStatus: 422, reasons };
    }
    const { sourceSystem, orderIntentId, customerRef, lineItems, totals } = checked.value;
    const received = { ...intent, sourceSystem, orderIntentId, customerRef, lineItems, totals };
    return { kind: 'accept', intent: received };
  });
}
