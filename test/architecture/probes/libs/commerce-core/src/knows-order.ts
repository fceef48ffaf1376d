// Offends: commerce-core-imports-what-it-declares
export { contract } from '../../order/src/contract/index.js';
