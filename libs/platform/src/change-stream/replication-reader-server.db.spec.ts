import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { ReaderOptions } from './reader-options.js';
import { createSlot } from './replication/create-slot.js';
import { ReplicationReader } from './replication-reader.js';
import { ownServer, type OwnServer } from './testing/own-server.js';
import { StreamListener } from './testing/stream-listener.js';
import { until } from '../../../../test/support/until.js';

/** Far below the default of 30 s after which a stop of the embedded server turns to harsher means. */
const PROMPT_MS = 10_000;

describe('a replication reader, when its server fails it', () => {
  let server: OwnServer;
  let client: Client;
  let options: ReaderOptions;

  beforeEach(async () => {
    server = await ownServer({ max_slot_wal_keep_size: '16MB', checkpoint_timeout: '1h' });
    client = new Client({ connectionString: server.url });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('CREATE TABLE item (id int PRIMARY KEY, body text)');
    await client.query('CREATE PUBLICATION items FOR TABLE item WITH (publish_via_partition_root = true)');
    await createSlot(server.url, 'reader');
    const tables = [{ schema: 'public', table: 'item' }];
    options = { url: server.url, slot: 'reader', publication: 'items', topicPrefix: 'orderkeel', tables };
  });

  afterEach(async () => {
    await client.end().catch(() => undefined);
    await server.destroy();
  });

  it('lets a server stop that waits for acknowledgements which cannot come', async () => {
    const reader = new ReplicationReader(options);
    const listener = new StreamListener();
    await reader.start(listener);
    await client.query("INSERT INTO item VALUES (1, 'first'), (2, 'second')");
    await until('the first commit came', () => listener.commits.length === 1);
    reader.acknowledge(listener.commits[0] ?? 0n);
    await client.query("INSERT INTO item VALUES (3, 'third')");
    await until('the second commit came', () => listener.commits.length === 2);
    const since = performance.now();
    await server.stop();
    expect(performance.now() - since).toBeLessThan(PROMPT_MS);
    await until('the stream is closed', () => listener.closings.length > 0);
    expect(listener.closings).toEqual([expect.objectContaining({ code: '57P01' })]);
  });

  it('says 55000 when the slot was lost to the limit of retained WAL', async () => {
    for (let segment = 0; segment < 4; segment += 1) {
      await client.query("INSERT INTO item VALUES (1, 'x') ON CONFLICT DO NOTHING; SELECT pg_switch_wal()");
    }
    await client.query('CHECKPOINT');
    const { rows } = await client.query('SELECT wal_status FROM pg_replication_slots');
    expect(rows).toEqual([{ wal_status: 'lost' }]);
    await expect(new ReplicationReader(options).start(new StreamListener())).rejects.toMatchObject({ code: '55000' });
  });
});
