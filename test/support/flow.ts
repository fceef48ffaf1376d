import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { executorOf } from '@orderkeel/platform';
import { builtDeclarations, readConfiguration, startServer, type RunningServer } from '../../apps/server/src/index.js';
import type { StreamTuning } from '../../apps/server/src/stream/stream-tuning.js';
import { anIntent, type IntentWish } from '../builders/an-intent.js';
import { capture, connectorWithOwnSlot, endCapture, flowStack } from './flow-connector.js';
import { migratedDatabase, type MigratedDatabase } from './migrated-database.js';
import { until } from './until.js';

/** An answer, its JSON read. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
}

/** What a flow test may decide about the system. */
export interface FlowOptions {
  readonly lanes?: number;
  /** Settings of inventory that differ from the defaults. */
  readonly inventory?: Readonly<Record<string, unknown>>;
  /** What sources may name, by source; others may name anything. */
  readonly sources?: Readonly<Record<string, unknown>>;
  readonly tuning?: StreamTuning;
  /** Executors that are switched off. */
  readonly disabled?: readonly string[];
  /** Further environment, e.g. ORDERKEEL_MODULES. */
  readonly variables?: Readonly<Record<string, string>>;
  /** False: the test does not wait until every executor runs. */
  readonly running?: boolean;
  /** A database that another flow has used. */
  readonly on?: MigratedDatabase;
  /** How it comes to the changes; with Kafka where the runner of the tests has a stack. */
  readonly changes?: 'embedded' | 'kafka';
  /** Gets what it logs, one JSON text a line. */
  readonly lines?: string[];
  /** False: whether Debezium captures the database is the test's business. */
  readonly captured?: boolean;
}

/** Statistics gather changes for a second before they count them, which every wait until nothing is left would last too. */
const IMPATIENT: StreamTuning = { batchWaitMs: () => 8 };

/** Intent, order, reservation, what follows from that. */
const HOPS = 4;

/** The whole program on a database: intents in by HTTP, timelines out, the change stream in between. */
export class Flow {
  private constructor(
    readonly db: MigratedDatabase,
    readonly server: RunningServer,
    private readonly folder: string,
    private readonly ownsDatabase: boolean,
  ) {}

  static async start(options: FlowOptions = {}): Promise<Flow> {
    const db = options.on ?? (await migratedDatabase());
    const folder = await mkdtemp(join(tmpdir(), 'orderkeel-flow-'));
    await writeFile(join(folder, 'config.json'), JSON.stringify(configurationOf(options)));
    const connector = await connectorWithOwnSlot(folder, db);
    const stack = options.changes === 'embedded' ? null : flowStack();
    if (stack && options.captured !== false) await capture(connector, db, stack);
    const variables = {
      ORDERKEEL_CONFIG: join(folder, 'config.json'),
      ORDERKEEL_DATA_DIR: folder,
      ORDERKEEL_PORT: '0',
      ORDERKEEL_DATABASE_URL: db.appUrl,
      ORDERKEEL_ADMIN_DATABASE_URL: db.adminUrl,
      ORDERKEEL_REPLICATION_DATABASE_URL: db.replicationUrl,
      ORDERKEEL_NAMESPACE: db.roles.namespace,
      ORDERKEEL_CONNECTOR: connector,
      ...(stack && { ORDERKEEL_CHANGES: 'kafka', ORDERKEEL_KAFKA_BROKERS: stack.brokers }),
      ...options.variables,
    };
    const configuration = readConfiguration(variables, builtDeclarations);
    const tuning = { ...IMPATIENT, ...options.tuning };
    const server = await startServer(configuration, logInto(options.lines), tuning);
    const flow = new Flow(db, server, folder, options.on === undefined);
    if (options.running !== false) {
      await flow.expectRunning().catch(async (error: unknown) => {
        await flow.stop();
        throw error;
      });
    }
    return flow;
  }

  async call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const response = await fetch(`${this.server.url}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  }

  /** Submits an intent and gives its order's id; the order comes later. */
  async submit(wish: IntentWish = {}): Promise<string> {
    const { status, body } = await this.call('POST', '/order-intents', anIntent(wish));
    if (status !== 202) throw new Error(`the intent was answered ${status}: ${JSON.stringify(body)}`);
    return body['orderId'] as string;
  }

  async receive(sku: string, quantity: number | string, location = 'main'): Promise<void> {
    const { status, body } = await this.call('POST', '/inventory/receipts', { sku, location, quantity });
    if (status !== 201) throw new Error(`the receipt was answered ${status}: ${JSON.stringify(body)}`);
  }

  async cancel(orderId: string, reason = 'changed their mind'): Promise<Answer> {
    return this.call('POST', `/orders/${orderId}/cancel`, { reason });
  }

  /** The status codes of an order's timeline, oldest first. */
  async timeline(orderId: string): Promise<string[]> {
    const { body } = await this.call<{ entries?: { statusCode: string }[] }>('GET', `/orders/${orderId}/timeline`);
    return (body.entries ?? []).map((entry) => entry.statusCode);
  }

  /** The whole timeline, exactly, once the system has come to rest. */
  async expectTimeline(orderId: string, codes: readonly string[]): Promise<void> {
    let seen: string[] = [];
    await until(
      `the timeline is ${codes.join(', ')}`,
      async () => {
        seen = await this.timeline(orderId);
        return seen.length >= codes.length;
      },
      30_000,
    ).catch((error: Error) => {
      throw new Error(`${error.message}; it is ${seen.join(', ')}`);
    });
    await this.expectQuiet();
    seen = await this.timeline(orderId);
    if (JSON.stringify(seen) !== JSON.stringify(codes)) {
      throw new Error(`the timeline of ${orderId} is ${seen.join(', ')} and not ${codes.join(', ')}`);
    }
  }

  /**
   * Nothing is left to do: every executor runs, nothing waits, nothing is parked. An answer tells of what was committed before the
   * question, and what one executor does is a change for the next one: so it must be said as often as there are hops, in a row.
   */
  async expectQuiet(): Promise<void> {
    let consumers: Record<string, unknown>[] = [];
    let hops = 0;
    await until(
      'every executor has come to rest',
      async () => {
        consumers = (await this.call<{ items: Record<string, unknown>[] }>('GET', '/ops/consumers')).body.items;
        const rests = consumers.every(
          (c) => c['state'] === 'DISABLED' || (c['lagEvents'] === 0 && c['parkedKeys'] === 0),
        );
        hops = rests ? hops + 1 : 0;
        return hops === HOPS;
      },
      60_000,
    ).catch((error: Error) => {
      throw new Error(`${error.message}: ${JSON.stringify(consumers)}`);
    });
  }

  async expectRunning(): Promise<void> {
    const running = until('every enabled executor runs', async () => {
      const { items } = (await this.call<{ items: { state: string }[] }>('GET', '/ops/consumers')).body;
      return items.every(({ state }) => state === 'RUNNING' || state === 'DISABLED');
    });
    running.catch(() => undefined);
    await Promise.race([running, this.server.failed]);
  }

  /** Stops the program and keeps its database. */
  async stopProgram(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    await this.stopProgram();
    if (this.ownsDatabase) await this.dropDatabase();
  }

  /** Drops the database and its slot; no program may run on it any more. */
  async dropDatabase(): Promise<void> {
    await endCapture(this.db);
    await this.db.drop();
  }
}

function logInto(lines: string[] | undefined) {
  const level = process.env['FLOW_LOG'] ?? 'silent';
  if (lines === undefined) return pino({ level }, pino.destination(2));
  return pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
}

function configurationOf({ lanes = 1, disabled = [], inventory = {}, sources = {} }: FlowOptions) {
  const modules = builtDeclarations
    .filter(({ executors }) => executors.length > 0)
    .map(({ name, executors }): [string, unknown] => [
      name,
      {
        executors: Object.fromEntries(
          executors
            .map(executorOf)
            .map((executor) => [executor.name, { lanes, enabled: !disabled.includes(executor.name) }]),
        ),
        ...(name === 'inventory' && { settings: inventory }),
      },
    ]);
  return {
    modules: Object.fromEntries(modules),
    sources: { '*': { unknownSku: 'accept', unknownCustomer: 'accept' }, ...sources },
  };
}
