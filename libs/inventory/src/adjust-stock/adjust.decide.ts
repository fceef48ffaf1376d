import type { TakenKeys } from '../data/keyed.js';
import { fillBackorders } from '../fill-backorders/fill.decide.js';
import type { Fold } from '../stock-book/fold.js';
import { type Quantity, quantityOf, quantityText } from '../stock-book/quantity.js';
import { available, type Shelf } from '../stock-book/shelf.js';
import type { StockBook } from '../stock-book/stock-book.js';
import { pushBackNewest } from './push-back.decide.js';

/** A change of what is on hand: by how much, or what was counted; exactly one of them. */
export interface StockAdjustment {
  /** Of the adjustment and of its ledger row, which is the same. */
  readonly id: string;
  readonly sku: string;
  readonly location: string;
  /** Exact decimals without superfluous zeros. */
  readonly delta: string | null;
  readonly counted: string | null;
  readonly reason: string;
  readonly actor: string;
  readonly idempotencyKey: string | null;
}

/** An adjustment that somebody wants, and its shelf, where there is one already or it makes one. */
export interface AdjustmentWish {
  readonly adjustment: StockAdjustment;
  readonly shelf: Shelf | undefined;
  readonly hasLocation: boolean;
}

/** What became of a wish. `id` is the first one's under its idempotency key. */
export type AdjustmentVerdict =
  | { readonly verdict: 'booked' | 'repeated'; readonly id: string }
  | { readonly verdict: 'not-enough-stock'; readonly onHand: string; readonly available: string }
  | { readonly verdict: 'key-reused' | 'unknown-location' };

/**
 * Adjusts shelves, one adjustment after the other. Where less is on hand than is reserved, the newest orders give back
 * (inventory X57); where more is available, backorders are filled. What would take on hand below zero is refused. Pure.
 */
export function* decideAdjustments(
  wishes: readonly AdjustmentWish[],
  keys: TakenKeys<StockAdjustment>,
  book: StockBook,
): Fold<AdjustmentVerdict[]> {
  const verdicts: AdjustmentVerdict[] = [];
  for (const wish of wishes) verdicts.push(yield* adjust(wish, keys, book));
  return verdicts;
}

/** How much more is to be on hand; below 0 when it is less. Pure. */
export function riseOf({ delta, counted }: StockAdjustment, { onHand }: Shelf): Quantity {
  return counted === null ? quantityOf(delta ?? '0') : quantityOf(counted) - onHand;
}

function* adjust(
  { adjustment, shelf, hasLocation }: AdjustmentWish,
  keys: TakenKeys<StockAdjustment>,
  book: StockBook,
): Fold<AdjustmentVerdict> {
  if (!hasLocation) return { verdict: 'unknown-location' };
  const known = keys.look(adjustment);
  if (known.verdict === 'repeated') return { verdict: 'repeated', id: known.first.id };
  if (known.verdict === 'key-reused') return known;
  if (!shelf) return { verdict: 'not-enough-stock', onHand: '0', available: '0' };
  const { id, actor, reason, idempotencyKey } = adjustment;
  const counted = adjustment.counted === null ? undefined : quantityOf(adjustment.counted);
  const onHand = shelf.onHand + riseOf(adjustment, shelf);
  if (onHand < 0n)
    return {
      verdict: 'not-enough-stock',
      onHand: quantityText(shelf.onHand),
      available: quantityText(available(shelf)),
    };
  const cause = { id, actor };
  yield* pushBackNewest(book, shelf, shelf.reserved - onHand, cause);
  const rise = onHand - shelf.onHand;
  book.change(shelf, 'adjustment', rise, cause, { reason, idempotencyKey, counted });
  if (rise > 0n) yield* fillBackorders(book, shelf, cause);
  keys.take(adjustment);
  return { verdict: 'booked', id };
}
