// Offends: no-restricted-globals
/** Documented. */
export const decide = (): number => Date.now();
