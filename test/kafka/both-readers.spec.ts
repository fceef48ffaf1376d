import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtDeclarations } from '../../apps/server/src/index.js';
import { tableReads } from '../../libs/platform/src/change-stream/table-reads.js';
import { tableOf, type Contract } from '../../libs/platform/src/contract/contract.js';
import { TopicProbe, type PlacedRecord } from '../../libs/platform/src/kafka-source/testing/topic-probe.js';
import { onConnection } from '../../libs/platform/src/postgres/admin-connection.js';
import type { TopicRecord } from '../conformance/recordings.js';
import { StreamProbe } from '../conformance/stream-probe.js';
import { insertExample, writeAnything } from '../support/example-row.js';
import { databaseOf, endCapture, endConnector, flowStack, slotOf, startConnector } from '../support/flow-connector.js';
import { Flow } from '../support/flow.js';
import { migratedDatabase, type MigratedDatabase } from '../support/migrated-database.js';
import { everyKindOfChange } from './every-kind-of-change.js';
import { firstDifference, OF_READ, OF_STREAMED } from './same-records.js';
import { STRICT_SOURCE, variedTraffic } from './varied-traffic.js';

const contracts = builtDeclarations.flatMap(({ publishes }) => publishes);
const tables = contracts.map(({ schema, table, key }) => ({ schema, table, keyColumns: [key] }));
const STRICT = { [STRICT_SOURCE]: { unknownSku: 'reject', unknownCustomer: 'accept' } };
const SHIPPED = new URL('../../infra/debezium/orderkeel-connector.json', import.meta.url);

const textRecord = ({ topic, key, value }: PlacedRecord): TopicRecord => ({
  topic,
  key: key?.toString() ?? null,
  value: value!.toString(),
});

describe('the embedded reader and Debezium, on the same database at the same time', () => {
  const stack = flowStack()!;
  let db: MigratedDatabase;
  let prefix: string;
  let embedded: StreamProbe;
  let kafka: TopicProbe;
  let records: { embedded: TopicRecord[]; debezium: TopicRecord[] };
  const topicsOf = (each: string) => [
    ...tables.map(({ schema, table }) => `${each}.${schema}.${table}`),
    `${each}.message`,
  ];
  const of = (all: readonly TopicRecord[], { schema, table }: Contract) =>
    all.filter(({ topic }) => topic.endsWith(`.${schema}.${table}`));
  /** What Debezium has written since the last time. */
  const written = async (connector: string) => {
    const mark = `end of ${connector}`;
    await onConnection(db.adminUrl, (client) => client.query(`SELECT pg_logical_emit_message(false, $1, '')`, [mark]));
    return (await kafka.recordsBefore(mark, [connector])).map(textRecord);
  };

  beforeAll(async () => {
    db = await migratedDatabase();
    prefix = slotOf(db);
    kafka = await TopicProbe.open(stack.brokers, {
      topics: [...topicsOf(prefix), ...topicsOf(`${prefix}_r`)],
      partitions: 4,
    });
    embedded = await StreamProbe.open({ url: db.replicationUrl, slot: `${prefix}_own`, topicPrefix: prefix, tables });
    const flow = await Flow.start({ on: db, sources: STRICT });
    await variedTraffic(flow).finally(() => flow.stopProgram());
    await onConnection(db.adminUrl, async (client) => {
      await writeAnything(client);
      for (const contract of contracts) await everyKindOfChange(client, contract);
      for (const contract of contracts) await insertExample(client, contract);
    });
    records = { embedded: await embedded.recordsOf([]), debezium: await written(prefix) };
  });
  afterAll(async () => {
    await embedded.close();
    await endCapture(db);
    await endConnector(stack, db.adminUrl, `${prefix}_r`);
    await kafka.close();
    await db.drop();
  });

  it.each(contracts)('write the same records of each change of $name, byte for byte', (contract) => {
    const own = of(records.embedded, contract);
    const kinds = new Set(own.map(({ value }) => (JSON.parse(value) as { op: string }).op));
    expect([...kinds].sort()).toEqual(['c', 'd', 'u']);
    expect(firstDifference(own, of(records.debezium, contract), OF_STREAMED)).toBeNull();
  });

  it('write the same records of the rows that are there', async () => {
    const topicPrefix = `${prefix}_r`;
    const shipped = JSON.parse(await readFile(SHIPPED, 'utf8')) as { config: Record<string, string> };
    await startConnector(stack, db.adminUrl, topicPrefix, {
      ...shipped.config,
      ...databaseOf(db.adminUrl),
      'topic.prefix': topicPrefix,
      'slot.name': topicPrefix,
      'topic.creation.default.replication.factor': '1',
      'topic.creation.single.replication.factor': '1',
    });
    const snapshot = await written(topicPrefix);
    const reads = await tableReads(tables, { url: db.replicationUrl, topicPrefix });
    for (const contract of contracts) {
      const read = reads.get(`${contract.schema}.${contract.table}`)!;
      const { rows } = await onConnection(db.adminUrl, (client) =>
        client.query<{ texts: string[] }>(`SELECT ${read.textsSql} AS texts FROM ${tableOf(contract)}`),
      );
      const own = rows.map(({ texts }) => {
        const event = read.event(texts, { lsn: 1n, index: 0, xid: null });
        return { topic: contract.name, key: event.keyJson(), value: event.envelopeJson() };
      });
      expect(own).not.toEqual([]);
      expect([contract.name, firstDifference(own, of(snapshot, contract), OF_READ)]).toEqual([contract.name, null]);
    }
  });
});
