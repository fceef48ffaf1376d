// Offends: sources-need-no-dev-dependency
export { expect } from '@jest/globals';
