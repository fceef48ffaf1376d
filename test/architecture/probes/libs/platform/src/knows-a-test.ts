// Offends: sources-know-no-test
export { arrange } from '../../../test/support/arrange.js';
