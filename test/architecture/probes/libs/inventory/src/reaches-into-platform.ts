// Offends: platform-through-its-entries
export { inner } from '../../platform/src/inner.js';
