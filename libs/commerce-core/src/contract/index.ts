export { exponentOf, isKnownCurrency } from './currencies.js';
export { knownCustomers, knownSkus, type KnownRefs, type TenantRef } from './known-refs.js';
