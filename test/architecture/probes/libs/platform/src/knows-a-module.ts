// Offends: platform-knows-no-module
export { contract } from '../../order/src/contract/index.js';
