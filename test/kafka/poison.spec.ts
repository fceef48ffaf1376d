import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StockLedgerContract } from '@orderkeel/inventory/contract';
import { testBroker, type TestBroker } from '../../libs/platform/src/kafka-source/testing/test-broker.js';
import { metric, number } from '../stream/support/look.js';
import { before } from '../stream/support/reacting.js';
import { flowStack, slotOf } from '../support/flow-connector.js';
import { Flow } from '../support/flow.js';
import { until } from '../support/until.js';

const METRICS = 'inventoryStockMetricsUpdater';
const BACKORDERED = ['order:submitted', 'inventory:reservation_backordered'];

/** Ours read the facts from the tables; a reaction may read what the event says as well, here that of one key. */
const readingRows = before(METRICS, async (changes, _tx, react) => {
  for (const change of changes) if (change.key === 'POISON-20') void change.row;
  await react();
});

describe('records that nobody can read', () => {
  let broker: TestBroker;
  let flow: Flow;
  beforeAll(async () => {
    broker = await testBroker(flowStack()!.brokers);
    flow = await Flow.start({ tuning: readingRows });
  });
  afterAll(async () => {
    await broker.close();
    await flow.stop();
  });
  const write = (table: string, key: string | null, value: string | null) =>
    broker.write(`${slotOf(flow.db)}.${table}`, [{ key, value, partition: 1 }]);
  const changeFrom = (source: string) => `{"op":"c","before":null,"after":{"sku":"POISON"},"source":${source}}`;
  const parked = async () =>
    (await flow.call<{ items: { executor: string; key: string }[] }>('GET', '/ops/parked')).body.items;
  const envelope = (after: object | null) => JSON.stringify({ op: 'c', before: null, after, source: {} });
  const skipAll = async () => {
    for (const { executor, key } of await parked()) {
      await flow.call('POST', `/ops/parked/${executor}/${encodeURIComponent(key)}/skip`, { reason: 'a test wrote it' });
    }
  };

  it('are parked alone, each behind its key, or its place when it has none, as what they were', async () => {
    await write('inventory.stock_ledger', '{"sku":"POISON-1"}', '{"op":');
    await write('inventory.stock_ledger', '{"schema":{},"payload":{"sku":"POISON-2"}}', '{"op":"z","after":null}');
    await write('inventory.stock_ledger', 'no key', '[]');
    await until('three are parked', async () => (await parked()).length === 3);
    const keys = (await parked()).map(({ executor, key }) => `${executor} ${key}`);
    expect(keys.slice(1)).toEqual([`${METRICS} POISON-1`, `${METRICS} POISON-2`]);
    expect(keys[0]).toMatch(new RegExp(`^${METRICS} @\\S+/1/\\d+:0$`));
    const { body } = await flow.call<{ reason: string; envelopes: unknown[] }>(
      'GET',
      `/ops/parked/${METRICS}/POISON-1`,
    );
    expect(body).toMatchObject({
      reason: 'an event of inventory.stockLedger with key POISON-1 is no envelope of Debezium',
      envelopes: [{ text: '{"op":' }],
    });
  });

  it('are parked alone when what is wrong is where they come from, or their key', async () => {
    await skipAll();
    await write('inventory.stock_ledger', '{"sku":"POISON-6"}', changeFrom('{"lsn":"0/15"}'));
    await write('inventory.stock_ledger', '{"sku":"POISON-7"}', changeFrom('{"txId":1e30}'));
    await write('inventory.stock_ledger', '{"sku":"POISON\\u0000-8"}', 'a\u0000b');
    await until('three are parked', async () => (await parked()).length === 3);
    expect((await parked()).slice(1).map(({ key }) => key)).toEqual(['POISON-6', 'POISON-7']);
    await skipAll();
  });

  it('are not waited for when they tell of a transaction that this server has never begun', async () => {
    const next = await number(flow.db, 'SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint & 4294967295');
    await write('inventory.stock_ledger', '{"sku":"POISON-9"}', changeFrom(`{"txId":${(next + 2 ** 30) % 2 ** 32}}`));
    await flow.expectQuiet();
  });

  it('keep nobody from what is good', async () => {
    await flow.receive('POISON-4', 1);
    const order = await flow.submit({ lines: [{ sku: 'POISON-4', quantity: 1 }] });
    await until('it is reserved', async () => (await flow.timeline(order)).length === 2);
    await skipAll();
    await flow.expectTimeline(order, ['order:submitted', 'inventory:reservation_confirmed']);
  });

  it('hold back what comes later for their key, until a person has looked', async () => {
    const order = await flow.submit({ lines: [{ sku: 'POISON-5', quantity: 1 }] });
    await flow.expectTimeline(order, BACKORDERED);
    await write('order.order', `{"order_id":"${order}"}`, 'nothing');
    await until('it is parked', async () => (await parked()).some(({ key }) => key === order));
    await flow.cancel(order);
    await until('the cancellation waits', async () => {
      const { body } = await flow.call<{ events: number }>('GET', `/ops/parked/inventoryReservationIntake/${order}`);
      return body.events === 2;
    });
    expect(await flow.timeline(order)).toEqual([...BACKORDERED, 'order:cancelled']);
    await skipAll();
    await flow.expectQuiet();
  });

  it.each([
    ['lack a column', { ...StockLedgerContract.example, id: undefined }, 'breaks its contract at id'],
    ['have no row', null, 'breaks its contract'],
  ])('are parked alone where they %s that a reaction asks for', async (_what, row, reason) => {
    await write('inventory.stock_ledger', '{"sku":"POISON-20"}', envelope(row));
    await until('it is parked', async () => (await parked()).length === 1);
    const { body } = await flow.call('GET', `/ops/parked/${METRICS}/POISON-20`);
    expect(body['reason']).toContain(reason);
    await flow.receive('POISON-21', 1);
    await skipAll();
    await flow.expectQuiet();
  });

  it('are parked alone when they have 5 MB, and kept as they came', async () => {
    const text = 'x'.repeat(5_000_000);
    await write('inventory.stock_ledger', '{"sku":"POISON-22"}', text);
    await until('it is parked', async () => (await parked()).length === 1);
    const { body } = await flow.call<{ envelopes: { text: string }[] }>('GET', `/ops/parked/${METRICS}/POISON-22`);
    expect(body.envelopes[0]?.text === text).toBe(true);
    await flow.receive('POISON-23', 1);
    await skipAll();
    await flow.expectQuiet();
  });

  it('are none when their schema is around them: they are read', async () => {
    const applied = () => metric(flow, 'orderkeel_cdc_events_total');
    await flow.expectQuiet();
    const readBefore = await applied();
    const wrapped = (payload: string) => `{"schema":{"type":"struct"},"payload":${payload}}`;
    await write(
      'inventory.stock_ledger',
      wrapped('{"sku":"POISON-23"}'),
      wrapped(envelope(StockLedgerContract.example)),
    );
    await until('it is applied', async () => (await applied()) === readBefore + 1);
    await flow.expectQuiet();
  });

  it('are passed where they concern no row', async () => {
    await write('order.order', '{"order_id":"x"}', null);
    await write('order.order', null, '{"op":"t","source":{}}');
    await write('order.order', null, '{"op":"m","source":{}}');
    await flow.expectQuiet();
  });

  it('may be in the topic of transactions, which no executor reads', async () => {
    await broker.write(`${slotOf(flow.db)}.transaction`, [{ key: null, value: 'nothing' }]);
    const order = await flow.submit({ lines: [{ sku: 'POISON-24', quantity: 1 }] });
    await flow.expectTimeline(order, BACKORDERED);
  });
});
