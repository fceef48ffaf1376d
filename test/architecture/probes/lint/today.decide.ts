// Offends: no-restricted-syntax
/** Documented. */
export const decide = (): Date => new Date();
