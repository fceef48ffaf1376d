import { Client } from 'pg';
import { testServer, type TestDatabase } from '../../../../../test/support/postgres.js';
import type { ReaderOptions } from '../reader-options.js';
import { createSlot } from '../replication/create-slot.js';
import { ReplicationReader } from '../replication-reader.js';
import { StreamListener } from './stream-listener.js';
import { until } from '../../../../../test/support/until.js';

/** Slots belong to the whole server, which specs share. */
let slots = 0;

/** A database with one published table `item (id, body)`, a slot on it, and the readers that a spec opens. */
export class StreamFixture {
  readonly slot = `fixture_${process.pid}_${(slots += 1)}`;
  private readonly readers: ReplicationReader[] = [];

  private constructor(
    readonly database: TestDatabase,
    /** A connection of the superuser. */
    readonly client: Client,
  ) {}

  static async create(version: 17 | 18): Promise<StreamFixture> {
    const database = await (await testServer(version)).createDatabase();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query('CREATE TABLE item (id int PRIMARY KEY, body text); CREATE TABLE unpublished (id int)');
    await client.query('CREATE PUBLICATION items FOR TABLE item WITH (publish_via_partition_root = true)');
    const fixture = new StreamFixture(database, client);
    await createSlot(database.url, fixture.slot);
    return fixture;
  }

  /** A reader that is not started. */
  reader(changes: Partial<ReaderOptions> = {}): ReplicationReader {
    const reader = new ReplicationReader({
      url: this.database.url,
      slot: this.slot,
      publication: 'items',
      topicPrefix: 'orderkeel',
      tables: [{ schema: 'public', table: 'item' }],
      ...changes,
    });
    this.readers.push(reader);
    return reader;
  }

  /** A reader that streams, and what it tells. */
  async started(
    changes: Partial<ReaderOptions> = {},
    listener = new StreamListener(),
  ): Promise<{ reader: ReplicationReader; listener: StreamListener }> {
    const reader = this.reader(changes);
    await reader.start(listener);
    return { reader, listener };
  }

  async insert(...ids: number[]): Promise<void> {
    for (const id of ids) await this.client.query('INSERT INTO item VALUES ($1, $2)', [id, 'body']);
  }

  /** One text of the slot's row in pg_replication_slots. */
  async slotField(field: string): Promise<string | null> {
    const found = await this.client.query<{ value: string | null }>(
      `SELECT ${field}::text AS value FROM pg_replication_slots WHERE slot_name = $1`,
      [this.slot],
    );
    return found.rows[0]?.value ?? null;
  }

  async destroy(): Promise<void> {
    for (const reader of this.readers) await reader.stop();
    await until(`slot ${this.slot} is free`, async () => (await this.slotField('active')) !== 'true');
    await this.client.query(
      'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1',
      [this.slot],
    );
    await this.client.end();
    await this.database.drop();
  }
}
