/** What the batch routes take at once (interfaces 3). */
const MOST_ITEMS = 1_000;

/** The items in order, cut into pieces that one batch request may carry. */
export function slices<Item>(items: readonly Item[], size = MOST_ITEMS): Item[][] {
  const pieces: Item[][] = [];
  for (let from = 0; from < items.length; from += size) pieces.push(items.slice(from, from + size));
  return pieces;
}
