// Offends: no-restricted-syntax
/** Documented. */
export const load = `COPY inventory.stock_ledger FROM STDIN`;
