/** An exact quantity, in millionths of a unit: `numeric(.., 6)` without floats (interfaces 1). */
export type Quantity = bigint;

const DECIMALS = 6;
/** One unit. */
export const UNIT: Quantity = 10n ** BigInt(DECIMALS);

/** Reads a decimal with at most 6 digits behind the point, e.g. `"1.5"`; anything else throws. */
export function quantityOf(text: string): Quantity {
  const point = text.indexOf('.');
  if (point < 0) return BigInt(text) * UNIT;
  const missing = DECIMALS - (text.length - point - 1);
  return BigInt(text.slice(0, point) + text.slice(point + 1)) * 10n ** BigInt(missing);
}

/** As decimal text without superfluous zeros, e.g. `"1.5"`, `"2"`. */
export function quantityText(quantity: Quantity): string {
  const sign = quantity < 0n ? '-' : '';
  const digits = (quantity < 0n ? -quantity : quantity).toString().padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -DECIMALS)}${fraction && `.${fraction}`}`;
}

/** The smaller of two quantities. */
export function smaller(a: Quantity, b: Quantity): Quantity {
  return a < b ? a : b;
}
