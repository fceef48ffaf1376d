import { Injectable } from '@nestjs/common';
import { effectId, type ModuleTx } from '@orderkeel/platform';
import { Bookkeeper } from '../data/bookkeeper.js';
import { OrderRecordStore } from '../data/order-record.store.js';
import { StockStore } from '../data/stock.store.js';
import { StockBook } from '../stock-book/stock-book.js';
import { decideCarrying } from './carry.decide.js';
import type { NotCarried } from './comparison.store.js';

/** Carries reservations made by hand into counter and ledger (inventory X58). */
@Injectable()
export class CarryByHand {
  constructor(
    private readonly stock: StockStore,
    private readonly records: OrderRecordStore,
    private readonly bookkeeper: Bookkeeper,
  ) {}

  async carry(tx: ModuleTx, reservations: readonly NotCarried[]): Promise<void> {
    if (reservations.length === 0) return;
    const book = new StockBook(await this.stock.lock(tx, reservations)); // facts are read in the next statements
    const lineIds = reservations.map(({ orderLineId }) => orderLineId);
    const lines = await this.records.readLines(tx, book, lineIds);
    const causes = new Map(reservations.map((one) => [one.orderLineId, causeOf(one)]));
    await this.bookkeeper.carryOut(tx, book, decideCarrying(lines, book, causes));
  }
}

/** Whoever wrote the row chose its id, so the cause derives from the order, whose id tells its time. */
function causeOf({ orderId, reservationId }: NotCarried): string {
  return effectId(orderId, 'inventory', 'reserved-by-hand', reservationId);
}
