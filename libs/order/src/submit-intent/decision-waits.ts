import { Injectable } from '@nestjs/common';
import { Database, EventStreams, type ModuleTx } from '@orderkeel/platform';
import type { IntentState } from '../contract/order-intent.contract.js';
import { OrderWatch } from '../watch-orders/order-watch.js';

/** Milliseconds between looks where no hint comes: another process ingests. */
const INTERVAL_MS = 200;

/** What became of an intent, and of which content. */
export interface Decision {
  readonly state: IntentState;
  readonly contentHash: string;
}

/** Requests that wait for what becomes of an intent (interfaces 3, `Prefer: wait`). */
@Injectable()
export class DecisionWaits {
  private readonly watch: OrderWatch<Decision>;

  constructor(
    database: Database,
    private readonly streams: EventStreams,
  ) {
    const asOrder = { tenantId: null, actor: 'decision-waits' };
    const look = (orderIds: readonly string[]) => database.command('order', asOrder, (tx) => decisions(tx, orderIds));
    this.watch = new OrderWatch(look, INTERVAL_MS);
  }

  /** What was decided of the intent; null when the time is up or the server shuts down. */
  async decision(orderId: string, waitMs: number): Promise<Decision | null> {
    const end = AbortSignal.any([AbortSignal.timeout(waitMs), this.streams.shutdown]);
    return new Promise<Decision | null>((resolve) => {
      const answer = (decision: Decision | null) => {
        unwatch();
        end.removeEventListener('abort', giveUp);
        resolve(decision);
      };
      const giveUp = () => answer(null);
      const unwatch = this.watch.watch(orderId, answer);
      end.addEventListener('abort', giveUp, { once: true });
      if (end.aborted) giveUp();
    });
  }
}

async function decisions(tx: ModuleTx, orderIds: readonly string[]): Promise<Map<string, Decision>> {
  const rows = await tx.query<Decision & { orderId: string }>(
    `SELECT order_id AS "orderId", state, content_hash AS "contentHash" FROM "order".order_intent
      WHERE order_id = ANY($1::uuid[]) AND state <> 'received'`,
    [orderIds],
  );
  return new Map(rows.map(({ orderId, ...decision }) => [orderId, decision]));
}
