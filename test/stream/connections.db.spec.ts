import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@orderkeel/platform';
import { builtDeclarations } from '../../apps/server/src/index.js';
import { connectionShares } from '../../apps/server/src/database/connection-shares.js';
import { onConnection } from '../../libs/platform/src/postgres/admin-connection.js';
import { testConfiguration } from '../support/application.js';
import { Flow } from '../support/flow.js';
import { until } from '../support/until.js';
import { number, sql } from './support/look.js';

const { requests: CONNECTIONS } = connectionShares(builtDeclarations, {
  file: testConfiguration(),
  changes: 'embedded',
  run: null,
});

describe('while requests hold every connection that they may have', () => {
  let flow: Flow;
  beforeAll(async () => void (flow = await Flow.start()));
  afterAll(() => flow.stop());

  const note = (order: string) => {
    const changes = [{ type: 'note', text: 'x' }];
    return flow.call('POST', `/orders/${order}/adjustments`, { reason: 'x', changes });
  };
  const stuck = () =>
    number(
      flow.db,
      `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );

  /** Copies an intent under another key, as an import beside this program would insert it. */
  const receiveLike = async (order: string) => {
    const copy = newId(Date.now());
    const fields = { id: newId(Date.now()), order_id: copy, order_intent_id: copy, state: 'received' };
    await sql(
      flow.db,
      `INSERT INTO "order".order_intent
       SELECT (jsonb_populate_record(i, $2)).* FROM "order".order_intent i WHERE order_id = $1`,
      [order, fields],
    );
    return copy;
  };
  const reserved = (order: string) =>
    until('the order has its stock looked for', async () => {
      const statuses = `SELECT count(*) FROM "order".order_status_history WHERE order_id = $1 AND module = 'inventory'`;
      return (await number(flow.db, statuses, [order])) > 0;
    });

  it('batches go on', async () => {
    const order = await flow.submit();
    await flow.expectTimeline(order, ['order:submitted', 'inventory:reservation_backordered']);
    await onConnection(flow.db.adminUrl, async (holder) => {
      await holder.query('BEGIN');
      await holder.query('SELECT FROM "order"."order" WHERE id = $1 FOR UPDATE', [order]);
      const answers = Array.from({ length: 2 * CONNECTIONS }, () => note(order));
      await until('no connection is left for requests', async () => (await stuck()) >= CONNECTIONS);
      const work = receiveLike(order).then(reserved);
      const first = await Promise.race([work.then(() => 'a batch'), Promise.race(answers).then(() => 'a request')]);
      expect(first).toBe('a batch');
      await holder.query('ROLLBACK');
      await Promise.all([work, ...answers]);
    });
  });
});
