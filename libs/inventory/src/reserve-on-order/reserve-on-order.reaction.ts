import { Inject, Injectable } from '@nestjs/common';
import { effectiveOrders, OrderContract } from '@orderkeel/order/contract';
import {
  type ChangesOf,
  type ModuleTx,
  OnChange,
  type Reaction,
  settingsToken,
  type Stretch,
} from '@orderkeel/platform';
import { Bookkeeper } from '../data/bookkeeper.js';
import { OrderRecordStore } from '../data/order-record.store.js';
import { SkuPolicyStore } from '../data/sku-policy.store.js';
import { StockStore } from '../data/stock.store.js';
import { WaitingStore } from '../data/waiting.store.js';
import type { InventorySettings } from '../inventory.settings.js';
import { StockBook } from '../stock-book/stock-book.js';
import { countersFor, inOrderOf, skusOf } from './demand.js';
import { mayBeFreed } from './freed.decide.js';
import { ordersBehind } from './orders-behind.js';
import { decideReservations } from './reserve.decide.js';

/** `inventoryReservationIntake`: a new, revised or re-read order asks for stock (inventory S1.92). */
@Injectable()
@OnChange(OrderContract, { name: 'inventoryReservationIntake' })
export class ReserveOnOrder implements Reaction<typeof OrderContract> {
  constructor(
    @Inject(settingsToken('inventory')) private readonly settings: InventorySettings,
    private readonly policies: SkuPolicyStore,
    private readonly stock: StockStore,
    private readonly records: OrderRecordStore,
    private readonly waiting: WaitingStore,
    private readonly bookkeeper: Bookkeeper,
  ) {}

  /** Target minus done, whatever brought the order here; what is given back fills backorders in the same transaction. */
  async react(changes: ChangesOf<typeof OrderContract>, tx: ModuleTx): Promise<void> {
    const { locations } = this.settings;
    const orders = inOrderOf(changes, await effectiveOrders(tx, [...new Set(changes.map(({ key }) => key))]));
    const skus = skusOf(orders);
    const tracks = await this.policies.read(tx, skus);
    const counters = countersFor(orders, tracks, locations);
    const book = new StockBook(await this.stock.lock(tx, skus, counters)); // facts are read in the next statements
    await this.records.read(
      tx,
      book,
      orders.map(({ orderId }) => orderId),
    );
    await this.waiting.readAhead(tx, book, mayBeFreed(orders, book));
    const decision = decideReservations(orders, book, ({ tenantId }, sku) =>
      tracks(tenantId, sku) ? locations.flatMap((location) => book.shelfAt(tenantId, { sku, location }) ?? []) : [],
    );
    await this.bookkeeper.carryOut(tx, book, decision);
  }

  /** Orders of a revision above the one that is done. */
  async overlooked(changed: Stretch, limit: number, tx: ModuleTx): Promise<string[]> {
    return ordersBehind(tx, changed, limit);
  }
}
