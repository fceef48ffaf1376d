import type { KnownRefs } from '@orderkeel/commerce-core/contract';
import type { Verdict } from '../contract/ingest-ports.js';
import type { LockedIntent, ReceivedIntent } from './intent.store.js';
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
      readonly intent: LockedIntent;
      readonly httpStatus: number;
      readonly reasons: RejectionReason[];
    };

/** What references are looked up in, read in the ingest transaction. */
export interface ReferenceFacts {
  readonly customers: KnownRefs;
  readonly skus: KnownRefs;
  policyOf(sourceSystem: string): SourcePolicy;
}

/** Refuses what names an unknown SKU or customer; guards are asked only about what passes (order X19). */
export function decideReferences(decisions: readonly IngestDecision[], facts: ReferenceFacts): IngestDecision[] {
  return decisions.map((decision) => {
    const reasons = decision.kind === 'accept' ? unknownReferences(decision.intent, facts) : [];
    return reasons.length > 0 ? { kind: 'reject', intent: decision.intent, httpStatus: 422, reasons } : decision;
  });
}

/** Lets one guard's verdicts overrule what was accepted so far. */
export function decideVerdicts(
  decisions: readonly IngestDecision[],
  guard: string,
  verdicts: ReadonlyMap<string, Verdict>,
): IngestDecision[] {
  return decisions.map((decision) => {
    if (decision.kind !== 'accept') return decision;
    const { intent } = decision;
    const verdict = verdicts.get(intent.id);
    if (!verdict || verdict.kind === 'allow') return decision;
    if (verdict.kind === 'hold') return { kind: 'hold', intent };
    const { message, pointer, httpStatus } = verdict;
    const reason = { code: `guard:${guard}`, message, ...(pointer === undefined ? {} : { pointer }) };
    return { kind: 'reject', intent, httpStatus, reasons: [reason] };
  });
}

function unknownReferences(intent: ReceivedIntent, { customers, skus, policyOf }: ReferenceFacts): RejectionReason[] {
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
