import { Injectable } from '@nestjs/common';
import { type Caller, Database, type ModuleTx, newId } from '@orderkeel/platform';
import { Bookkeeper } from '../data/bookkeeper.js';
import { hasFreeKey, keysOf, TakenKeys } from '../data/keyed.js';
import { ShelfStore } from '../data/shelf.store.js';
import { WaitingStore } from '../data/waiting.store.js';
import { retryWhenKeysMeet } from '../data/when-keys-meet.js';
import { type Quantity, quantityOf } from '../stock-book/quantity.js';
import type { Shelf } from '../stock-book/shelf.js';
import { decideReceipts, type ReceiptOutcome, type ReceiptWish } from './receive.decide.js';
import { type Receipt, ReceiptStore } from './receipt.store.js';

/** Goods that a caller says have arrived. */
export type NewReceipt = Omit<Receipt, 'id' | 'createdAt'>;

/** Books receipts: goods go on their shelves and fill backorders at once, with their statuses. */
@Injectable()
export class BookReceipts {
  constructor(
    private readonly database: Database,
    private readonly shelves: ShelfStore,
    private readonly receipts: ReceiptStore,
    private readonly waiting: WaitingStore,
    private readonly bookkeeper: Bookkeeper,
  ) {}

  /** As if one after the other, in one transaction; one that is refused changes nothing. */
  async book(caller: Caller, arrived: readonly NewReceipt[]): Promise<ReceiptOutcome[]> {
    return this.database.command('inventory', caller, (tx) => retryWhenKeysMeet(() => this.bookIn(tx, arrived)));
  }

  private async bookIn(tx: ModuleTx, arrived: readonly NewReceipt[]): Promise<ReceiptOutcome[]> {
    const receipts = arrived.map((one) => ({ ...one, id: newId(tx.clock.nowMs()), createdAt: tx.clock.now() }));
    const isNew = hasFreeKey(await this.receipts.byKeys(tx, keysOf(receipts)));
    const { book } = await this.shelves.openBook(tx, receipts, isNew);
    const keys = new TakenKeys(await this.receipts.byKeys(tx, keysOf(receipts)), isSame);
    const wishes = receipts.map((receipt) => ({ receipt, shelf: book.shelfAt(tx.tenantId, receipt) }));
    await this.waiting.readAhead(tx, book, arrivingOn(wishes));
    const outcomes = await this.bookkeeper.carryOut(tx, book, decideReceipts(wishes, keys, book));
    const booked = outcomes.flatMap((outcome) => (outcome.verdict === 'booked' ? outcome.receipt : []));
    await this.receipts.add(tx, booked);
    return outcomes;
  }
}

function isSame(wish: Receipt, first: Receipt): boolean {
  const fields = ['sku', 'location', 'quantity', 'reference', 'actor'] as const;
  return fields.every((field) => wish[field] === first[field]);
}

function arrivingOn(wishes: readonly ReceiptWish[]): Map<Shelf, Quantity> {
  const arriving = new Map<Shelf, Quantity>();
  for (const { receipt, shelf } of wishes)
    if (shelf) arriving.set(shelf, (arriving.get(shelf) ?? 0n) + quantityOf(receipt.quantity));
  return arriving;
}
