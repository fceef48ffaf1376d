import { Injectable } from '@nestjs/common';
import { Database, EventStreams, type ModuleTx } from '@orderkeel/platform';
import type { IntentState } from '../contract/order-intent.contract.js';
import { OrderWatch } from '../watch-orders/order-watch.js';

/** Milliseconds between looks where no hint comes: another process ingests. */
const INTERVAL_MS = 200;

/** Requests that wait for what becomes of an intent (interfaces 3, `Prefer: wait`). */
@Injectable()
export class DecisionWaits {
  private readonly watch: OrderWatch<IntentState>;

  constructor(
    database: Database,
    private readonly streams: EventStreams,
  ) {
    const asOrder = { tenantId: null, actor: 'decision-waits' };
    const look = (orderIds: readonly string[]) => database.command('order', asOrder, (tx) => decisions(tx, orderIds));
    this.watch = new OrderWatch(look, INTERVAL_MS);
  }

  /** The intent's state once it is decided, or `received` when the time is up or the server shuts down. */
  async decision(orderId: string, waitMs: number): Promise<IntentState> {
    const end = AbortSignal.any([AbortSignal.timeout(waitMs), this.streams.shutdown]);
    return new Promise<IntentState>((resolve) => {
      const answer = (state: IntentState) => {
        unwatch();
        end.removeEventListener('abort', giveUp);
        resolve(state);
      };
      const giveUp = () => answer('received');
      const unwatch = this.watch.watch(orderId, answer);
      end.addEventListener('abort', giveUp, { once: true });
      if (end.aborted) giveUp();
    });
  }
}

async function decisions(tx: ModuleTx, orderIds: readonly string[]): Promise<Map<string, IntentState>> {
  const rows = await tx.query<{ orderId: string; state: IntentState }>(
    `SELECT order_id AS "orderId", state FROM "order".order_intent
      WHERE order_id = ANY($1::uuid[]) AND state <> 'received'`,
    [orderIds],
  );
  return new Map(rows.map(({ orderId, state }) => [orderId, state]));
}
