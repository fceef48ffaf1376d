// Offends: @typescript-eslint/no-explicit-any
/** Documented. */
export const anything = (value: any): void => void value;
