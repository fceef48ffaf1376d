// Offends: contracts-stay-light
export { inner } from '../inner.js';
