import { Injectable } from '@nestjs/common';
import type { ModuleTx } from '@orderkeel/platform';
import { StockBook } from '../stock-book/stock-book.js';
import { LocationStore } from './location.store.js';
import { StockStore } from './stock.store.js';

/** Where a command moves stock, and the row that it makes. */
export interface Movement {
  readonly id: string;
  readonly sku: string;
  readonly location: string;
}

/** The book of a command, and the locations among those it names that exist. */
export interface OpenedBook {
  readonly book: StockBook;
  readonly locations: ReadonlySet<string>;
}

/** Opens the book for a command of the caller's tenant. */
@Injectable()
export class ShelfStore {
  constructor(
    private readonly locations: LocationStore,
    private readonly stock: StockStore,
  ) {}

  /**
   * A book with the shelves of all SKUs, locked.
   * @param mayOpen whether a movement makes its counter when there is none; what will be refused must leave nothing
   */
  async openBook<Wish extends Movement>(
    tx: ModuleTx,
    movements: readonly Wish[],
    mayOpen: (movement: Wish) => boolean,
  ): Promise<OpenedBook> {
    const { tenantId } = tx;
    const locations = await this.locations.known(
      tx,
      movements.map(({ location }) => location),
    );
    const opening = movements.filter((movement) => locations.has(movement.location) && mayOpen(movement));
    const counters = opening.map(({ id, sku, location }) => ({ tenantId, sku, location, causeId: id }));
    const skus = movements.map(({ sku }) => ({ tenantId, sku }));
    return { book: new StockBook(await this.stock.lock(tx, skus, counters)), locations }; // facts are read after this
  }
}
