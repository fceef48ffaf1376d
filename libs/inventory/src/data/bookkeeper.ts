import { Injectable } from '@nestjs/common';
import type { ModuleTx } from '@orderkeel/platform';
import type { Fold } from '../stock-book/fold.js';
import type { StockBook } from '../stock-book/stock-book.js';
import { PlanStore } from './plan.store.js';
import { WaitingStore } from './waiting.store.js';

/** Carries a decision out: writes what it decided, and finds what it lacks to go on. */
@Injectable()
export class Bookkeeper {
  constructor(
    private readonly plans: PlanStore,
    private readonly waiting: WaitingStore,
  ) {}

  /** Runs the decision to its end and gives its answer. What is found later is read behind what was written, so it is never older than the book. */
  async carryOut<Result>(tx: ModuleTx, book: StockBook, decision: Fold<Result>): Promise<Result> {
    let step = decision.next(NOTHING);
    while (!step.done) {
      await this.plans.write(tx, book.takePlan());
      book.forgetBackorders();
      step = decision.next(await this.waiting.find(tx, book, step.value));
    }
    await this.plans.write(tx, book.takePlan());
    return step.value;
  }
}

/** A generator's first `next` begins it and takes no answer. */
const NOTHING = { reservations: [], isAll: true };
