export { exponentOf, isKnownCurrency } from './currencies.js';
export { knownCustomers, knownSkus, type KnownRefs } from './known-refs.js';
