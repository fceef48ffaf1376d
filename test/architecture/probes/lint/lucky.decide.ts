// Offends: no-restricted-properties
/** Documented. */
export const decide = (): number => Math.random();
