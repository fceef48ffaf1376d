// Offends: inventory-imports-what-it-declares
export { contract } from '../../billing/src/contract/index.js';
