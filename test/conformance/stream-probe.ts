import { Client } from 'pg';
import { parseLsn } from '../../libs/platform/src/change-stream/lsn.js';
import type { WantedTable } from '../../libs/platform/src/change-stream/reader-options.js';
import { createSlot } from '../../libs/platform/src/change-stream/replication/create-slot.js';
import { ReplicationReader } from '../../libs/platform/src/change-stream/replication-reader.js';
import { until } from '../support/until.js';
import type { TopicRecord } from './recordings.js';

/** What is read: the tables, and as what. */
export interface Probed {
  /** A login with REPLICATION that may make slots. */
  readonly url: string;
  readonly slot: string;
  readonly topicPrefix: string;
  readonly tables: readonly WantedTable[];
}

/** Reads a database's changes as a connector would, and gives them step by step. */
export class StreamProbe {
  private readonly records: TopicRecord[] = [];
  private readonly reader: ReplicationReader;
  private failure: Error | null = null;

  private constructor(
    private readonly client: Client,
    private readonly probed: Probed,
  ) {
    this.reader = new ReplicationReader({ ...probed, publication: 'orderkeel_cdc' });
  }

  static async open(probed: Probed): Promise<StreamProbe> {
    const client = new Client({ connectionString: probed.url });
    await client.connect();
    await createSlot(probed.url, probed.slot);
    const probe = new StreamProbe(client, probed);
    await probe.reader.start({
      onBegin: () => undefined,
      onChange: (event) =>
        probe.records.push({
          topic: `${probed.topicPrefix}.${event.collection}`,
          key: event.keyJson(),
          value: event.envelopeJson(),
        }),
      onCommit: () => undefined,
      onKeepalive: () => undefined,
      onClosed: (error) => (probe.failure = error),
    });
    return probe;
  }

  /** Runs statements and gives the records since the last time, theirs included, once the server says that nothing more comes. */
  async recordsOf(statements: readonly string[]): Promise<TopicRecord[]> {
    for (const statement of statements) await this.client.query(statement);
    // Where the next record will begin may lie behind a page's header, which nothing reaches until that record comes.
    const { rows } = await this.client.query<{ lsn: string }>('SELECT pg_current_wal_flush_lsn()::text AS lsn');
    await this.reached(parseLsn(rows[0]?.lsn ?? '0/0'));
    return this.records.splice(0);
  }

  async close(): Promise<void> {
    await this.reader.stop();
    await this.client.query('SELECT pg_drop_replication_slot($1)', [this.probed.slot]);
    await this.client.end();
  }

  private async reached(lsn: bigint): Promise<void> {
    await until(`the stream has come to ${lsn}`, () => {
      if (this.failure) throw this.failure;
      this.reader.requestReply();
      return this.reader.receivedLsn >= lsn;
    });
  }
}
