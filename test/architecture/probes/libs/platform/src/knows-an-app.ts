// Offends: libs-know-no-app
export { main } from '../../../apps/server/src/main.js';
