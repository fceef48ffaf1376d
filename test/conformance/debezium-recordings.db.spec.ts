import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { WantedTable } from '../../libs/platform/src/change-stream/reader-options.js';
import { tableReads } from '../../libs/platform/src/change-stream/table-reads.js';
import { testServer, type TestDatabase } from '../support/postgres.js';
import { comparable, comparableAfter } from './comparable.js';
import { recordsOf, statementsOf, streamedSteps, type TopicRecord } from './recordings.js';
import { StreamProbe } from './stream-probe.js';

/** The tables of the recordings, with the keys that their connector declared; the others are keyed by their primary key. */
const TABLES: readonly WantedTable[] = [
  { schema: 'order', table: 'order_intent', keyColumns: ['order_id'] },
  { schema: 'order', table: 'order' },
  { schema: 'order', table: 'order_status_history', keyColumns: ['order_id'] },
  { schema: 'inventory', table: 'reservation', keyColumns: ['order_id'] },
  ...['all_types', 'toast_default', 'toast_full', 'no_pk', 'trunc'].map((table) => ({ schema: 'kit', table })),
];

const streamed = ({ topic, key, value }: TopicRecord): TopicRecord => ({ topic, key, value: comparable(value) });

describe.each([18, 17] as const)('the change stream of PostgreSQL %i, beside what Debezium recorded', (version) => {
  let database: TestDatabase;
  let probe: StreamProbe;
  let client: Client;

  beforeAll(async () => {
    database = await (await testServer(version)).createDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
    for (const statement of [...statementsOf('schema'), ...statementsOf('00-rows-before')])
      await client.query(statement);
    probe = await StreamProbe.open({
      url: database.url,
      slot: 'conformance',
      topicPrefix: 'orderkeel',
      tables: TABLES,
    });
  });

  afterAll(async () => {
    await probe.close();
    await client.end();
    await database.drop();
  });

  it('reads the rows that were there before as the initial snapshot did (01)', async () => {
    const reads = await tableReads(TABLES, { url: database.url, topicPrefix: 'orderkeel' });
    const found: string[] = [];
    for (const { schema, table } of TABLES) {
      const read = reads.get(`${schema}.${table}`);
      const rows = await client.query<{ texts: string[] }>(
        `SELECT ${read?.textsSql} AS texts FROM "${schema}"."${table}"`,
      );
      for (const { texts } of rows.rows) {
        const event = read?.event(texts, { lsn: 1n, index: 0, xid: null });
        found.push(`${schema}.${table} ${event?.keyJson()} ${comparableAfter(event?.envelopeJson() ?? '')}`);
      }
    }
    const recorded = recordsOf('01-snapshot-initial').map(
      ({ topic, key, value }) => `${topic.replace('orderkeel.', '')} ${key} ${comparableAfter(value)}`,
    );
    expect(found.sort()).toEqual(recorded.sort());
  });

  it.each(streamedSteps())('writes the same records, byte for byte ($name)', async ({ statements, records }) => {
    const written = await probe.recordsOf(statements);
    expect(written.map(streamed)).toEqual(records.map(streamed));
  });
});
