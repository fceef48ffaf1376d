import { fillBackorders } from '../fill-backorders/fill.decide.js';
import type { Fold } from '../stock-book/fold.js';
import type { Quantity } from '../stock-book/quantity.js';
import type { Shelf } from '../stock-book/shelf.js';
import type { StockBook } from '../stock-book/stock-book.js';

/** Goods to put on a shelf. */
export interface ArrivedGoods {
  readonly receiptId: string;
  readonly shelf: Shelf;
  readonly quantity: Quantity;
  readonly reference: string | undefined;
  readonly idempotencyKey: string | undefined;
}

/** Puts goods on their shelves, one receipt after the other, each filling backorders before the next arrives. Pure. */
export function* decideReceipts(arrived: readonly ArrivedGoods[], book: StockBook): Fold {
  for (const { receiptId, shelf, quantity, reference, idempotencyKey } of arrived) {
    book.change(shelf, 'receipt', quantity, receiptId, { reference, idempotencyKey });
    yield* fillBackorders(book, shelf, receiptId);
  }
}
