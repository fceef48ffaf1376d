import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '@orderkeel/platform';
import { anIntent } from '../../../test/builders/an-intent.js';
import { orderOverHttp, type OrderOverHttp } from '../../../test/support/order-over-http.js';
import { visibleOrder } from './data/visible-order.js';
import { findIntents } from './read-intents/intents.store.js';
import { searchOrders } from './read-orders/order-search.js';
import { findOrder } from './read-orders/orders.store.js';
import { readTimeline } from './read-timeline/timeline.store.js';
import { Revisions } from './revise-order/revisions.js';
import { readBlocking, readLatest } from './status-board/board.store.js';
import { validateIntent } from './submit-intent/intent-content.js';
import { submitIntents } from './submit-intent/submit-intents.js';

let app: OrderOverHttp;
let orderId: string;
const [ours, theirs] = ['01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-00000000000b'].map(
  (tenantId): Caller => ({ tenantId, actor: 'ann' }),
) as [Caller, Caller];
const nobody: Caller = { tenantId: null, actor: 'anonymous' };
const everything = {};

beforeAll(async () => {
  app = await orderOverHttp();
  const validated = validateIntent(anIntent());
  if ('faults' in validated) throw new Error('the builder makes valid intents');
  const [received] = await app.db.database.command('order', ours, (tx) => submitIntents(tx, [validated.value]));
  orderId = received!.orderId;
  await app.ingest(orderId);
});
afterAll(() => app.close());

describe("a tenant's order", () => {
  it('is seen by that tenant and by nobody else', async () => {
    const seen = (caller: Caller) =>
      app.db.database.read(caller, async (tx) => [
        (await findOrder(tx, orderId)) ? 1 : 0,
        (await findIntents(tx, everything, undefined, 10)).length,
        (await readTimeline(tx, orderId)).length,
        (await readLatest(tx, everything, undefined, 10)).length,
        (await readBlocking(tx, undefined, 10)).length,
      ]);
    expect(await seen(ours)).toEqual([1, 1, 1, 1, 0]);
    expect(await seen(theirs)).toEqual([0, 0, 0, 0, 0]);
    expect(await seen(nobody)).toEqual([0, 0, 0, 0, 0]);
  });

  it.each([[{}], [{ sku: '85123A' }]])('is found by that tenant and by nobody else, also by %j', async (filters) => {
    const found = (caller: Caller) => searchOrders(app.db.database, caller, filters, undefined, 10);
    expect(await found(ours)).toEqual([orderId]);
    expect(await found(theirs)).toEqual([]);
    expect(await found(nobody)).toEqual([]);
  });

  it('cannot be found by commands of others, and its entries carry its tenant', async () => {
    const revisions = new Revisions(app.db.database);
    const cancel = (caller: Caller) =>
      revisions.revise(caller, {
        route: 'test',
        orderId,
        actor: undefined,
        wish: { kind: 'cancel', changes: [], reason: 'x' },
        status: { statusCode: 'order:cancelled', payload: {} },
      });
    for (const caller of [theirs, nobody]) {
      await expect(visibleOrder(app.db.database, caller, orderId)).rejects.toMatchObject({ code: 'not-found' });
      await expect(cancel(caller)).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(await cancel(ours)).toMatchObject({ order: { effective: { cancelled: true } } });
    const tenants = await app.asOrder((tx) =>
      tx.query(
        `SELECT DISTINCT tenant_id FROM (
           SELECT tenant_id FROM "order".order_status_history UNION ALL SELECT tenant_id FROM "order".order_adjustment) AS t`,
      ),
    );
    expect(tenants).toEqual([{ tenant_id: ours.tenantId }]);
  });
});
