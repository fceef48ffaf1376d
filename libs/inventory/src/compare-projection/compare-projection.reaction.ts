import { Injectable } from '@nestjs/common';
import { type ChangesOf, type ModuleTx, OnChange, type Reaction } from '@orderkeel/platform';
import { ReservationContract } from '../contract/reservation.contract.js';
import { CarryByHand } from './carry-by-hand.js';
import { ComparisonStore } from './comparison.store.js';

/**
 * `inventoryReservationProjector`: compares counters and reservations with the fold of the ledger and reports what
 * differs; carries reservations made by hand into counter and ledger (inventory S1.93, X58).
 */
@Injectable()
@OnChange(ReservationContract, { name: 'inventoryReservationProjector', patienceMs: 1000 })
export class CompareProjection implements Reaction<typeof ReservationContract> {
  constructor(
    private readonly byHand: CarryByHand,
    private readonly comparison: ComparisonStore,
  ) {}

  /** An event says whose reservations changed; they are compared as they are now. */
  async react(changes: ChangesOf<typeof ReservationContract>, tx: ModuleTx): Promise<void> {
    const orderIds = [...new Set(changes.map(({ key }) => key))];
    await this.byHand.carry(tx, await this.comparison.notCarried(tx, orderIds));
    await this.comparison.report(tx, await this.comparison.differences(tx, orderIds));
  }
}
