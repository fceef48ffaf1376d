// Offends: product-knows-no-infra
export { up } from '../../../infra/stack/up.js';
