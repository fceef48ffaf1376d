import pg from 'pg';

/** Something with a database whose server may come back at another place. */
export interface HasDatabase {
  /** URL of the superuser, as it is just now. */
  adminUrl(): Promise<string>;
}

/** The superuser's view of the database, from outside the program; connects again whenever the server was killed. */
export class Admin {
  private client: pg.Client | null = null;

  constructor(private readonly system: HasDatabase) {}

  /** Null: the server is away just now. */
  async tryQuery<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[] | null> {
    try {
      this.client ??= await connect(await this.system.adminUrl());
      return (await this.client.query(sql, parameters)).rows as Row[];
    } catch (error) {
      // An error with a severity is an answer of the server to this very statement, unless it says that it is leaving.
      const { severity, code = '' } = error as { severity?: string; code?: string };
      await this.close();
      if (severity === 'ERROR' && !code.startsWith('57')) throw error;
      return null;
    }
  }

  async query<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const rows = await this.tryQuery<Row>(sql, parameters);
    if (!rows) throw new Error('PostgreSQL is away');
    return rows;
  }

  async close(): Promise<void> {
    const { client } = this;
    this.client = null;
    await client?.end().catch(() => undefined);
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'kill test',
    connectionTimeoutMillis: 3_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
