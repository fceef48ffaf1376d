import pg from 'pg';

/** Our statements find few rows among many; no look may read a whole table beside what is measured. */
const SETTINGS = '-c enable_seqscan=off -c plan_cache_mode=force_custom_plan';

/** The bench's own sessions beside what is measured; what they take is the bench's and not the product's. */
export class Onlooker {
  private constructor(
    /** On the product's database. */
    readonly orders: pg.Client,
    /** On the server's own database, where the statistics of statements are. */
    readonly statistics: pg.Client,
    /** Processes of PostgreSQL that serve both. */
    readonly pids: readonly number[],
  ) {}

  /** Connects as a login that may read everything. */
  static async open(url: string): Promise<Onlooker> {
    const server = new URL(url);
    server.pathname = '/postgres';
    const [orders, statistics] = [await connect(url), await connect(server.href)];
    await statistics.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    return new Onlooker(orders, statistics, await Promise.all([orders, statistics].map(pidOf)));
  }

  async close(): Promise<void> {
    await Promise.all([this.orders.end(), this.statistics.end()]);
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, options: SETTINGS, application_name: 'orderkeel bench' });
  await client.connect();
  return client;
}

async function pidOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]!.pid;
}
