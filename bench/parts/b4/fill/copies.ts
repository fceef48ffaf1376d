/** Orders in the template, and so in a copy of it. */
export const TEMPLATE_ORDERS = 1000;

/** Between two filled orders, milliseconds: a million of them are a year. */
export const SPACING_MS = 31_536;

/** How many copies of the template make so many orders. */
export function copiesFor(orders: number): number {
  return Math.max(0, Math.round(orders / TEMPLATE_ORDERS));
}
