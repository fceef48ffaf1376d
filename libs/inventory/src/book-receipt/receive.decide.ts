import type { TakenKeys } from '../data/keyed.js';
import { fillBackorders } from '../fill-backorders/fill.decide.js';
import type { Fold } from '../stock-book/fold.js';
import { quantityOf } from '../stock-book/quantity.js';
import type { Shelf } from '../stock-book/shelf.js';
import type { StockBook } from '../stock-book/stock-book.js';
import type { Receipt } from './receipt.store.js';

/** Goods that somebody wants to book, and the shelf they go on; none where there is no such location. */
export interface ReceiptWish {
  readonly receipt: Receipt;
  readonly shelf: Shelf | undefined;
}

/** What became of a wish. `receipt` is the first one under its idempotency key. */
export type ReceiptOutcome =
  | { readonly verdict: 'booked' | 'repeated'; readonly receipt: Receipt }
  | { readonly verdict: 'key-reused' | 'unknown-location' };

/** Puts goods on their shelves, one receipt after the other, each filling backorders before the next arrives. Pure. */
export function* decideReceipts(
  wishes: readonly ReceiptWish[],
  keys: TakenKeys<Receipt>,
  book: StockBook,
): Fold<ReceiptOutcome[]> {
  const outcomes: ReceiptOutcome[] = [];
  for (const wish of wishes) outcomes.push(yield* receive(wish, keys, book));
  return outcomes;
}

function* receive({ receipt, shelf }: ReceiptWish, keys: TakenKeys<Receipt>, book: StockBook): Fold<ReceiptOutcome> {
  const known = keys.look(receipt);
  if (known.verdict === 'repeated') return { verdict: 'repeated', receipt: known.first };
  if (known.verdict === 'key-reused') return known;
  if (!shelf) return { verdict: 'unknown-location' };
  const cause = { id: receipt.id, actor: receipt.actor };
  const { reference, idempotencyKey } = receipt;
  book.change(shelf, 'receipt', quantityOf(receipt.quantity), cause, { reference, idempotencyKey });
  yield* fillBackorders(book, shelf, cause);
  keys.take(receipt);
  return { verdict: 'booked', receipt };
}
