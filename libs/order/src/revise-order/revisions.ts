import { Injectable } from '@nestjs/common';
import { Database, idempotent, type Caller } from '@orderkeel/platform';
import { noSuchOrder } from '../data/refusal.js';
import { visibleOrder } from '../data/visible-order.js';
import { orderAnswerAt } from '../read-orders/order-answer.js';
import type { OrderAnswer } from '../read-orders/order.schema.js';
import { findOrderRows } from '../read-orders/orders.store.js';
import { reviseOrder, type RevisedOrder, type RevisionStatus, type RevisionWish } from './revise-order.js';

/** A command that makes the next revision of an order. */
export interface RevisionCommand {
  /** Idempotency keys count for one route. */
  readonly route: string;
  readonly orderId: string;
  readonly actor: string | undefined;
  readonly wish: RevisionWish;
  readonly status: RevisionStatus;
  readonly check?: (order: RevisedOrder) => void;
}

/** The order at the revision that a command made, and whether it had made it before. */
export interface RevisionResult {
  readonly order: OrderAnswer;
  readonly repeated: boolean;
}

/** Cancels and adjusts orders; one path for both (order, "One adjustment path"). */
@Injectable()
export class Revisions {
  constructor(private readonly database: Database) {}

  /** @throws Refusal `not-found`, `already-cancelled`, `stale-revision`, or what the command's check throws */
  async revise(
    caller: Caller,
    { route, orderId, actor, wish, status, check }: RevisionCommand,
  ): Promise<RevisionResult> {
    const order = await visibleOrder(this.database, caller, orderId);
    const { idempotencyKey: key, ...content } = wish;
    const as = { ...caller, actor: actor ?? caller.actor };
    return this.database.command('order', as, async (tx) => {
      const command = { route, object: orderId, key, content: { ...content, actor: as.actor } };
      const made = await idempotent(tx, command, () => reviseOrder(tx, order, wish, status, check));
      const found = await findOrderRows(tx, orderId);
      if (!found) throw noSuchOrder(orderId);
      return { order: orderAnswerAt(made.result, found.row, found.adjustments), repeated: made.repeated };
    });
  }
}
