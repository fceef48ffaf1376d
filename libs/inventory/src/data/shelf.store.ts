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

/** Opens the book for a command of the caller's tenant. */
@Injectable()
export class ShelfStore {
  constructor(
    private readonly locations: LocationStore,
    private readonly stock: StockStore,
  ) {}

  /** A book with the shelves of all SKUs, locked; those at locations that do not exist are missing in it. */
  async openBook(tx: ModuleTx, movements: readonly Movement[]): Promise<StockBook> {
    const { tenantId } = tx;
    const known = await this.locations.known(
      tx,
      movements.map(({ location }) => location),
    );
    const possible = movements.filter(({ location }) => known.has(location));
    const counters = possible.map(({ id, sku, location }) => ({ tenantId, sku, location, causeId: id }));
    await this.stock.ensure(tx, counters);
    await this.stock.lock(tx, counters); // sorted; nothing is read in this statement
    return new StockBook(await this.stock.shelves(tx, counters));
  }
}
