// Offends: order-knows-commerce-core-only, order-imports-what-it-declares
export { contract } from '../../inventory/src/contract/index.js';
