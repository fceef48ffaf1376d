const KEY = /^import:(.+?)(?:#\d+)?$/;

/** The idempotency key of the nth adjustment (1, 2, …) that an invoice makes on one order; there is seldom a second. */
export function keyOfInvoice(invoice: string, nth: number): string {
  return nth === 1 ? `import:${invoice}` : `import:${invoice}#${nth}`;
}

/** The invoice of such a key; undefined for keys of others. */
export function invoiceOfKey(key: string): string | undefined {
  return KEY.exec(key)?.[1];
}
