import { z } from 'zod';

const onUnknown = z.enum(['reject', 'accept']);

/** What happens to an intent of a source that names a SKU or a customer nobody knows. */
export const sourcePolicy = z.strictObject({
  unknownSku: onUnknown.default('reject'),
  unknownCustomer: onUnknown.default('reject'),
});

/** The policy of one source. */
export type SourcePolicy = z.output<typeof sourcePolicy>;

/** `sources` of the configuration (interfaces 6): by source system, `*` for all others. */
export const sourcePolicies = z.record(z.string().min(1), sourcePolicy).default({});

/** Injection token of the validated `sources`. */
export const SOURCE_POLICIES = Symbol('SourcePolicies');

const STRICT: SourcePolicy = { unknownSku: 'reject', unknownCustomer: 'reject' };

/** A source's own entry, else `*`, else: reject what is unknown. */
export function policyOf(policies: Readonly<Record<string, SourcePolicy>>, sourceSystem: string): SourcePolicy {
  return policies[sourceSystem] ?? policies['*'] ?? STRICT;
}
