import { Injectable } from '@nestjs/common';
import { type Caller, Database, type ModuleTx, newId } from '@orderkeel/platform';
import { Bookkeeper } from '../data/bookkeeper.js';
import { hasFreeKey, keysOf, TakenKeys } from '../data/keyed.js';
import { ShelfStore } from '../data/shelf.store.js';
import { WaitingStore } from '../data/waiting.store.js';
import { retryWhenKeysMeet } from '../data/when-keys-meet.js';
import type { Quantity } from '../stock-book/quantity.js';
import type { Shelf } from '../stock-book/shelf.js';
import {
  type AdjustmentVerdict,
  type AdjustmentWish,
  decideAdjustments,
  riseOf,
  type StockAdjustment,
} from './adjust.decide.js';
import { AdjustmentStore, type BookedAdjustment } from './adjustment.store.js';

/** An adjustment that a caller asks for. */
export type NewAdjustment = Omit<StockAdjustment, 'id'>;

/** What became of it, with what is booked under it. */
export type AdjustmentOutcome =
  | { readonly verdict: 'booked' | 'repeated'; readonly adjustment: BookedAdjustment }
  | Exclude<AdjustmentVerdict, { readonly id: string }>;

/** Adjusts stock by hand: by a difference, or by what was counted. */
@Injectable()
export class AdjustStock {
  constructor(
    private readonly database: Database,
    private readonly shelves: ShelfStore,
    private readonly adjustments: AdjustmentStore,
    private readonly waiting: WaitingStore,
    private readonly bookkeeper: Bookkeeper,
  ) {}

  /** As if one after the other, in one transaction; one that is refused changes nothing. */
  async adjust(caller: Caller, wanted: readonly NewAdjustment[]): Promise<AdjustmentOutcome[]> {
    return this.database.command('inventory', caller, (tx) => retryWhenKeysMeet(() => this.adjustIn(tx, wanted)));
  }

  private async adjustIn(tx: ModuleTx, wanted: readonly NewAdjustment[]): Promise<AdjustmentOutcome[]> {
    const adjustments = wanted.map((one) => ({ ...one, id: newId(tx.clock.nowMs()) }));
    const isNew = hasFreeKey(await this.adjustments.byKeys(tx, keysOf(adjustments)));
    const { book, locations } = await this.shelves.openBook(tx, adjustments, (one) => isNew(one) && !takesAway(one));
    const keys = new TakenKeys<StockAdjustment>(await this.adjustments.byKeys(tx, keysOf(adjustments)), isSame);
    const wishes = adjustments.map((adjustment) => ({
      adjustment,
      shelf: book.shelfAt(tx.tenantId, adjustment),
      hasLocation: locations.has(adjustment.location),
    }));
    await this.waiting.readAhead(tx, book, risingOn(wishes));
    const verdicts = await this.bookkeeper.carryOut(tx, book, decideAdjustments(wishes, keys, book));
    const ids = verdicts.flatMap((verdict) => ('id' in verdict ? verdict.id : []));
    const booked = await this.adjustments.byIds(tx, ids);
    return verdicts.map((verdict) =>
      'id' in verdict ? { verdict: verdict.verdict, adjustment: booked.get(verdict.id)! } : verdict,
    );
  }
}

/** From a counter that does not exist nothing can be taken away. */
function takesAway({ delta }: StockAdjustment): boolean {
  return delta?.startsWith('-') === true;
}

/** A booked count has a delta as well: what it came to. */
function isSame(wish: StockAdjustment, first: StockAdjustment): boolean {
  const fields = ['sku', 'location', 'counted', 'reason', 'actor'] as const;
  return fields.every((field) => wish[field] === first[field]) && (wish.counted !== null || wish.delta === first.delta);
}

/** How much more will be on the shelves, as far as it can be told before the adjustments are made. */
function risingOn(wishes: readonly AdjustmentWish[]): Map<Shelf, Quantity> {
  const rising = new Map<Shelf, Quantity>();
  for (const { adjustment, shelf } of wishes) {
    const rise = shelf ? riseOf(adjustment, shelf) : 0n;
    if (shelf && rise > 0n) rising.set(shelf, (rising.get(shelf) ?? 0n) + rise);
  }
  return rising;
}
