// Offends: no-restricted-syntax
/** Documented. */
export const isError = (thrown: unknown): boolean => thrown instanceof Error;
