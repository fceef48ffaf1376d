import type { KnownRefs } from '@orderkeel/commerce-core/contract';
import type { Verdict } from '../contract/ingest-ports.js';
import type { ReceivedIntent } from './intent.store.js';
import type { SourcePolicy } from './source-policies.js';

/** Why an intent did not become an order (interfaces 4, `intent-rejected`). */
export interface RejectionReason {
  readonly code: string;
  readonly pointer?: string;
  readonly message: string;
}

/** What becomes of one intent. */
export type IngestDecision =
  | { readonly kind: 'accept'; readonly intent: ReceivedIntent }
  | { readonly kind: 'hold'; readonly intent: ReceivedIntent }
  | {
      readonly kind: 'reject';
      readonly intent: ReceivedIntent;
      readonly httpStatus: number;
      readonly reasons: RejectionReason[];
    };

/** What the decision rests on, read in the ingest transaction. */
export interface IngestFacts {
  readonly customers: KnownRefs;
  readonly skus: KnownRefs;
  policyOf(sourceSystem: string): SourcePolicy;
  /** Faults of content that was written by contract and never passed the API. */
  faultsOf(intent: ReceivedIntent): RejectionReason[];
}

/** Content and references first; guards are asked only about what passes (order X19). */
export function decideReferences(intents: readonly ReceivedIntent[], facts: IngestFacts): IngestDecision[] {
  return intents.map((intent) => {
    const faults = facts.faultsOf(intent);
    if (faults.length > 0) return { kind: 'reject', intent, httpStatus: 422, reasons: faults };
    const reasons = unknownReferences(intent, facts);
    return reasons.length > 0 ? { kind: 'reject', intent, httpStatus: 422, reasons } : { kind: 'accept', intent };
  });
}

/** Lets one guard's verdicts overrule what was accepted so far. */
export function decideVerdicts(
  decisions: readonly IngestDecision[],
  guard: string,
  verdicts: ReadonlyMap<string, Verdict>,
): IngestDecision[] {
  return decisions.map((decision) => {
    const verdict = decision.kind === 'accept' ? verdicts.get(decision.intent.id) : undefined;
    if (!verdict || verdict.kind === 'allow') return decision;
    const { intent } = decision;
    if (verdict.kind === 'hold') return { kind: 'hold', intent };
    const { message, pointer, httpStatus } = verdict;
    const reason = { code: `guard:${guard}`, message, ...(pointer === undefined ? {} : { pointer }) };
    return { kind: 'reject', intent, httpStatus, reasons: [reason] };
  });
}

function unknownReferences(intent: ReceivedIntent, { customers, skus, policyOf }: IngestFacts): RejectionReason[] {
  const policy = policyOf(intent.sourceSystem);
  const reasons: RejectionReason[] = [];
  if (policy.unknownCustomer === 'reject' && !customers.has(intent.tenantId, intent.customerRef)) {
    reasons.push({
      code: 'unknown-customer',
      pointer: '/customerRef',
      message: `customer ${intent.customerRef} is not known`,
    });
  }
  if (policy.unknownSku === 'accept') return reasons;
  intent.lineItems.forEach(({ sku }, index) => {
    if (skus.has(intent.tenantId, sku)) return;
    reasons.push({ code: 'unknown-sku', pointer: `/lineItems/${index}/sku`, message: `SKU ${sku} is not known` });
  });
  return reasons;
}
