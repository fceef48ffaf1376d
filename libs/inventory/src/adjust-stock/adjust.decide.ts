import { fillBackorders } from '../fill-backorders/fill.decide.js';
import type { Fold } from '../stock-book/fold.js';
import type { Quantity } from '../stock-book/quantity.js';
import type { Shelf } from '../stock-book/shelf.js';
import type { StockBook } from '../stock-book/stock-book.js';
import { pushBackNewest } from './push-back.decide.js';

/** A change of what is on hand: by how much, or what was counted. */
export interface StockAdjustment {
  /** Id of the adjustment, which is its ledger row. */
  readonly id: string;
  readonly shelf: Shelf;
  readonly change: { readonly delta: Quantity } | { readonly counted: Quantity };
  readonly reason: string;
  readonly idempotencyKey: string | undefined;
}

/**
 * Adjusts shelves, one adjustment after the other. Where less is on hand than is reserved, the newest orders give back
 * (inventory X57); where more is available, backorders are filled. Pure.
 * @param refuse told of an adjustment that would take on hand below zero, with the shelf as it is; nothing changes
 */
export function* decideAdjustments(
  adjustments: readonly StockAdjustment[],
  book: StockBook,
  refuse: (adjustment: StockAdjustment) => void,
): Fold {
  for (const adjustment of adjustments) {
    const { id, shelf, change, reason, idempotencyKey } = adjustment;
    const counted = 'counted' in change ? change.counted : undefined;
    const delta = 'delta' in change ? change.delta : change.counted - shelf.onHand;
    if (shelf.onHand + delta < 0n) {
      refuse(adjustment);
      continue;
    }
    yield* pushBackNewest(book, shelf, shelf.reserved - (shelf.onHand + delta), id);
    book.change(shelf, 'adjustment', delta, id, { reason, idempotencyKey, counted });
    yield* fillBackorders(book, shelf, id);
  }
}
