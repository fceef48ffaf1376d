// Offends: not-to-unresolvable
export { nothing } from './nowhere.js';
