// Offends: no-restricted-syntax
/** Documented. */
export const decide = (): number => Date.now();
