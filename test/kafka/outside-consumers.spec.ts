import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testBroker, type TestBroker } from '../../libs/platform/src/kafka-source/testing/test-broker.js';
import { sql } from '../stream/support/look.js';
import { faultsIn, recordChecks, type AsyncApi } from '../support/asyncapi-document.js';
import { flowStack, slotOf } from '../support/flow-connector.js';
import { Flow } from '../support/flow.js';
import { until } from '../support/until.js';
import { ExampleRun, examplesHere } from './example-consumers.js';

describe('who reads the topics from outside', () => {
  let broker: TestBroker;
  let flow: Flow;
  const topic = () => `${slotOf(flow.db)}.inventory.reservation`;
  const anOrder = () => flow.submit({ lines: [{ sku: 'OUTSIDE-1', quantity: 1 }] });
  const reservationsOf = async () => sql<{ id: string }>(flow.db, 'SELECT id FROM inventory.reservation ORDER BY id');
  /** Nobody may do so: it is a superuser beyond all triggers. */
  const deleted = (id: string) =>
    sql(flow.db, `SET session_replication_role = replica; DELETE FROM inventory.reservation WHERE id = '${id}'`);

  beforeAll(async () => {
    broker = await testBroker(flowStack()!.brokers);
    // The topic that the examples read gets records that nobody can read; it would park them.
    flow = await Flow.start({ disabled: ['inventoryReservationProjector'] });
    await flow.receive('OUTSIDE-1', 100);
    const [order] = await Promise.all([anOrder(), anOrder(), anOrder()]);
    await flow.expectQuiet();
    await flow.cancel(order);
    await flow.expectTimeline(order, [
      'order:submitted',
      'inventory:reservation_confirmed',
      'order:cancelled',
      'inventory:reservation_cancelled',
    ]);
  });
  afterAll(async () => {
    await broker.close();
    await flow.stop();
  });

  it('finds in the AsyncAPI document where the topics are, and what is really in them', async () => {
    const { body } = await flow.call<AsyncApi>('GET', '/docs/asyncapi.json');
    expect(faultsIn(body)).toEqual([]);
    expect(body.servers).toEqual({ 'broker-1': { host: flowStack()!.brokers, protocol: 'kafka' } });
    let seen = 0;
    for (const [name, check] of recordChecks(body)) {
      const { partitions, topicConfiguration } = Object.values(body.channels).find(({ address }) => address === name)!
        .bindings.kafka;
      expect([name, (await broker.ends(name)).length]).toEqual([name, partitions]);
      const retention = await broker.config(name, 'retention.ms');
      expect({ ...topicConfiguration, 'retention.ms': Number(retention) }).toEqual(topicConfiguration);
      for (const { key, value } of await broker.read(name)) {
        expect([name, value, check(JSON.parse(key!), JSON.parse(value!))]).toEqual([name, value, []]);
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(20);
  });

  it.each(examplesHere().map((example) => [example.title, example] as const))(
    'follows by the example on %s: all from the beginning, nothing twice, nothing that is no change',
    async (title, example) => {
      const group = `${slotOf(flow.db)}.${title.replace(/\W+/g, '-')}`;
      const run = new ExampleRun(example, { KAFKA_BROKERS: flowStack()!.brokers, KAFKA_TOPIC: topic() });
      const newest = () => new Map(run.kept.map((change) => [change.id, change]));
      const knows = (rows: readonly { id: string }[]) =>
        until('it knows all rows', () => rows.every(({ id }) => newest().has(id)), 60_000);
      const before = await reservationsOf();

      run.start(group);
      await knows(before);
      await until('it knows of the cancellation', () => run.kept.some(({ op }) => op === 'u'));
      expect(await run.end()).toBe(0);
      const filled = (await broker.ends(topic())).flatMap((end, partition) => (end > 0 ? [partition] : []));
      expect(await broker.committed(group, topic())).toEqual(filled);

      const order = await anOrder();
      await flow.expectQuiet();
      await broker.write(topic(), [
        { key: `{"order_id":"${order}"}`, value: null },
        { key: `{"order_id":"${order}"}`, value: '{"op":' },
      ]);
      await deleted(before.at(-1)!.id);
      run.start(group);
      await knows(await reservationsOf());
      await until('it knows of the deletion', () => newest().get(before.at(-1)!.id)?.op === 'd');
      await until('it has said what it passed', () => run.stderr.includes(`passed ${topic()}/`));
      await run.end('SIGKILL');

      const kept = run.kept.length;
      // Another group is given everything once more.
      run.start(`${group}.again`);
      const last = await anOrder();
      await until('it knows the last one', () => run.kept.some(({ row }) => row?.['order_id'] === last), 60_000);
      expect(await run.end()).toBe(0);
      const changes = run.kept.map((change) => JSON.stringify(change));
      expect(new Set(changes).size).toBe(changes.length);
      expect(run.kept.slice(kept).every(({ row }) => row?.['order_id'] === last)).toBe(true);
      await run.remove();
    },
  );

  it('is told of a deleted row as the document says', async () => {
    const { body } = await flow.call<AsyncApi>('GET', '/docs/asyncapi.json');
    const check = recordChecks(body).get(topic())!;
    const readable = (await broker.read(topic())).filter(({ value }) => value?.endsWith('}'));
    const deletions = readable.filter(({ value }) => (JSON.parse(value!) as { op: string }).op === 'd');
    expect(deletions.length).toBeGreaterThan(0);
    expect(deletions.flatMap(({ key, value }) => check(JSON.parse(key!), JSON.parse(value!)))).toEqual([]);
  });
});
