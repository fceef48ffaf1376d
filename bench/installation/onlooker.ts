import type pg from 'pg';
import { onConnection } from '../../libs/platform/src/postgres/index.js';

/** Our statements find few rows among many; no look may read a whole table beside what is measured. */
const SETTINGS = 'SET enable_seqscan = off';

/** The bench's own sessions beside what is measured; what they take is the bench's and not the product's. */
export class Onlooker {
  private constructor(
    /** On the product's database. */
    readonly orders: pg.Client,
    /** On the server's own database, where the statistics of statements are. */
    readonly statistics: pg.Client,
    /** Processes of PostgreSQL that serve both. */
    readonly pids: readonly number[],
    /** URL of the database that others are copied from; it holds the password. */
    private readonly template: string,
  ) {}

  /** Lets PostgreSQL tidy up at once what its own housekeeping would within the next minutes, e.g. behind an installation. */
  async tidyUp(): Promise<void> {
    for (const client of [this.orders, this.statistics]) await client.query('VACUUM ANALYZE');
    // Nobody works there, but what has made the cluster left changes behind in its catalogue.
    await onConnection(this.template, (client) => client.query('VACUUM ANALYZE'));
  }

  /** Does work that looks on, as a login that may read everything. */
  static async beside<T>(url: string, work: (onlooker: Onlooker) => Promise<T>): Promise<T> {
    const [server, template] = ['postgres', 'template1'].map((name) => {
      const other = new URL(url);
      other.pathname = `/${name}`;
      return other.href;
    }) as [string, string];
    return onConnection(url, (orders) =>
      onConnection(server, async (statistics) => {
        for (const client of [orders, statistics]) await client.query(SETTINGS);
        const pids = await Promise.all([orders, statistics].map(pidOf));
        return work(new Onlooker(orders, statistics, pids, template));
      }),
    );
  }
}

async function pidOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]!.pid;
}
