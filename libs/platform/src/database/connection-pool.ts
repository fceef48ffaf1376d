import type { Writable } from 'node:stream';
import { DataSource, type QueryRunner } from 'typeorm';
import pg from 'pg';
import { statementName } from './statement-names.js';
import { databaseTypes } from './database-types.js';
import { refuseOtherSession } from './session-check.js';
import { withSettings } from './url-settings.js';

/** The answer to one statement. */
export interface StatementResult {
  readonly rows: unknown[];
  readonly rowCount: number;
  /** What the server says it has done, e.g. `INSERT`; of a COMMIT that was none, `ROLLBACK`. */
  readonly command: string;
}

/** One connection of the pool, for one transaction or one read. */
export interface PooledConnection {
  query(sql: string, parameters?: readonly unknown[]): Promise<StatementResult>;
  /** The same, with a plan that the connection keeps; for the few statements that are run again and again. */
  queryPrepared(role: string, sql: string, parameters: readonly unknown[]): Promise<StatementResult>;
  /** Gives it back; a broken one leaves the pool. */
  release(): void;
}

/** The pool's settings. */
export interface PoolSettings {
  readonly url: string;
  readonly size: number;
  /** The role that connections have outside transactions. */
  readonly restingRole: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
}

/**
 * What a connection has from its beginning, so that it need not be said in each transaction; it wins over the settings of
 * server, database and login.
 *
 * - Durable commits, whatever the server's default is (reliability F19).
 * - How long a statement of an API request may run (security 5.2).
 * - A process that was frozen within a batch keeps its checkpoint locked, and so keeps others from taking over, until the
 *   server ends its session; it must be no longer than the stream's own timeout (reliability 3.4).
 * - Our statements find rows by keys; on a table that has grown faster than its statistics the planner would rather read
 *   all of it (seen: 161 ms in place of 1 ms for the reservations of 40 orders), so it is told not to where there is an
 *   index.
 * - Compiling a statement takes longer than running it; by default the server guesses so wherever the line above makes a
 *   plan look dear.
 */
const SESSION = [
  'synchronous_commit=on',
  'statement_timeout=5s',
  'idle_in_transaction_session_timeout=10s',
  'enable_seqscan=off',
  'jit=off',
  'TimeZone=UTC',
];

/**
 * Between the hands of pool and user a client has no listener for a moment; a session that the server ends just then
 * would end the program. Whoever uses the client next learns of it by its statement.
 */
class ListenedClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** The program's connections: TypeORM's pool, spoken to on each transaction's own connection (reliability T1). */
export class ConnectionPool {
  private constructor(readonly dataSource: DataSource) {}

  static async open({ url, size, restingRole, applicationName }: PoolSettings): Promise<ConnectionPool> {
    const settings = [...SESSION, `role=${restingRole}`].map((setting) => `-c ${setting}`).join(' ');
    const dataSource = new DataSource({
      type: 'postgres',
      url: withSettings(url, settings),
      applicationName,
      poolSize: size,
      connectTimeoutMS: 10_000,
      extra: {
        types: databaseTypes(pg.types),
        // What does not wait for an answer is sent at once, and answered in order.
        pipeline: true,
        keepAlive: true,
        keepAliveInitialDelayMillis: 10_000,
        Client: ListenedClient,
        verify: (client: pg.Client, done: (error?: Error) => void) =>
          void refuseOtherSession(client, restingRole).then(() => done(), done),
      },
    });
    await dataSource.initialize();
    return new ConnectionPool(dataSource);
  }

  async acquire(): Promise<PooledConnection> {
    const runner = this.dataSource.createQueryRunner();
    const client = (await runner.connect()) as pg.PoolClient;
    return {
      query: (text, values) => run(client, { text, values }),
      queryPrepared: (role, text, values) => run(client, { name: statementName(role, text), text, values }),
      release: () => void giveBack(runner),
    };
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

interface Statement {
  readonly name?: string | undefined;
  readonly text: string;
  readonly values?: readonly unknown[] | undefined;
}

async function run(client: pg.PoolClient, { values, name, text }: Statement): Promise<StatementResult> {
  sendWithOthers(client);
  const result = await client.query({ text, ...(name && { name }), ...(values && { values: [...values] }) });
  return { rows: result.rows, rowCount: result.rowCount ?? 0, command: result.command };
}

async function giveBack(runner: QueryRunner): Promise<void> {
  if (!runner.isReleased) await runner.release();
}

/** What is said in one turn of the program goes out in one write: each of its own is a system call, and wakes the server. */
function sendWithOthers(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
