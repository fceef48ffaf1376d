import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { testServer, type TestDatabase } from '../../../../../test/support/postgres.js';
import { createSlot, exportSnapshot } from './create-slot.js';
import { until } from '../../../../../test/support/until.js';
import { identifySystem } from './identify-system.js';

describe.each([18, 17] as const)('a replication slot on PostgreSQL %i', (version) => {
  let database: TestDatabase;
  let client: Client;

  beforeEach(async () => {
    database = await (await testServer(version)).createDatabase();
    client = new Client({ connectionString: database.url, application_name: 'a writer' });
    await client.connect();
    await client.query('CREATE TABLE item (id int)');
  });

  afterEach(async () => {
    await client.query(
      'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = current_database()',
    );
    await client.end();
    await database.drop();
  });

  it('is permanent and follows a failover', async () => {
    const point = await createSlot(database.url, `made_${version}`);
    const { rows } = await client.query(
      'SELECT failover, temporary, plugin FROM pg_replication_slots WHERE slot_name = $1',
      [`made_${version}`],
    );
    expect(rows).toEqual([{ failover: true, temporary: false, plugin: 'pgoutput' }]);
    expect(point).toBeGreaterThan(0n);
  });

  it('is refused with 42710 when it exists', async () => {
    await createSlot(database.url, `made_${version}`);
    await expect(createSlot(database.url, `made_${version}`)).rejects.toMatchObject({ code: '42710' });
  });

  it('names the sessions that it waits for, and is made once they are done', async () => {
    await client.query('BEGIN; INSERT INTO item VALUES (1)');
    const patience = { attemptMs: 100, attempts: 2 };
    await expect(createSlot(database.url, `made_${version}`, patience)).rejects.toMatchObject({
      code: 'slot-waits-for-writers',
      message: expect.stringMatching(
        /pid \d+ \(database test_\w+, user \w+, application a writer, idle in transaction/,
      ),
    });
    await client.query('COMMIT');
    await expect(createSlot(database.url, `made_${version}`)).resolves.toBeGreaterThan(0n);
  });

  it('exports a snapshot that shows what was committed before it and nothing after', async () => {
    await client.query('INSERT INTO item VALUES (1)');
    const snapshot = await exportSnapshot(database.url, `shot_${version}`);
    await client.query('INSERT INTO item VALUES (2)');
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await client.query(`SET TRANSACTION SNAPSHOT '${snapshot.name}'`);
    const { rows } = await client.query('SELECT id FROM item');
    await client.query('COMMIT');
    await snapshot.release();
    expect(rows).toEqual([{ id: 1 }]);
    const { walLsn } = await identifySystem(database.url);
    expect(walLsn).toBeGreaterThan(snapshot.consistentPoint);
  });

  it('exports a snapshot that no timeout of the server ends', async () => {
    const { rows } = await client.query<{ login: string }>(
      `SELECT format('%I IN DATABASE %I', current_user, current_database()) AS login`,
    );
    for (const timeout of ['idle_in_transaction_session_timeout', 'transaction_timeout'])
      await client.query(`ALTER ROLE ${rows[0]!.login} SET ${timeout} = '50ms'`);
    const snapshot = await exportSnapshot(database.url, `kept_${version}`);
    const sessions = () =>
      client.query(
        `SELECT FROM pg_stat_activity WHERE application_name = 'orderkeel change stream' AND datname = current_database() AND backend_start < clock_timestamp() - interval '500 ms'`,
      );
    await until('it has idled for ten times as long', async () => (await sessions()).rowCount === 1);
    await snapshot.release();
  });
});
