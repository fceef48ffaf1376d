// Offends: no-restricted-globals
/** Documented. */
export const decide = (): string | undefined => process.env["HOME"];
