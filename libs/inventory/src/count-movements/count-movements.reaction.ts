import { Injectable } from '@nestjs/common';
import { type ChangesOf, type ModuleTx, OnChange, type Reaction } from '@orderkeel/platform';
import { StockLedgerContract } from '../contract/stock-ledger.contract.js';
import { MovementStore } from './movement.store.js';

/** `inventoryStockMetricsUpdater`: what moved per SKU, location and day, by hand or by itself (inventory S1.94). */
@Injectable()
@OnChange(StockLedgerContract, { name: 'inventoryStockMetricsUpdater', patienceMs: 1000 })
export class CountMovements implements Reaction<typeof StockLedgerContract> {
  constructor(private readonly movements: MovementStore) {}

  /** An event says whose counters moved; what is counted is read behind the last row counted, so nothing counts twice. */
  async react(changes: ChangesOf<typeof StockLedgerContract>, tx: ModuleTx): Promise<void> {
    await this.movements.count(tx, [...new Set(changes.map(({ key }) => key))]);
  }
}
