// Offends: house/meaningful-file-names
/** Documented. */
export const price = 1;
