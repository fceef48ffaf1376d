// Offends: modules-meet-at-contract-entries
export { inner } from '../../order/src/inner.js';
