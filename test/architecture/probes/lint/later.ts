// Offends: no-warning-comments
// TODO: later
/** Documented. */
export const later = 1;
