import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  ChangeStreamView,
  ConnectionPool,
  createHttpApp,
  Database,
  EmbeddedSource,
  Metrics,
  readConnectorFile,
  StreamLog,
  StreamMetrics,
  SystemClock,
} from '@orderkeel/platform';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { builtDeclarations } from './built-modules.js';
import type { Configuration } from './configuration/configuration.js';
import { settleEnabled } from './configuration/enabled.js';
import { prepareDatabase, type PreparedDatabase } from './database/prepare-database.js';
import { startLog } from './log.js';
import { removeServerFile, writeServerFile } from './server-file.js';
import { executorsOf } from './stream/executors.js';
import { version } from './version.js';

/** A running Orderkeel. */
export interface RunningServer {
  readonly url: string;
  /** Null on the user's own PostgreSQL. */
  readonly embeddedDataDir: string | null;
  readonly database: Database;
  /** Stops in order: no new requests, batches finished, acknowledged, connections closed (reliability 3.12). */
  stop(): Promise<void>;
}

const POOL_SIZE = 20;
const BATCH_WAIT_MS = 8;
/** A quarter of what the embedded PostgreSQL keeps for slots. */
const MAX_RETAINED_BYTES = 1024n * 1024n * 1024n;

/** Starts everything that the configuration asks for; on failure nothing is left running. */
export async function startServer(configuration: Configuration, log: Logger): Promise<RunningServer> {
  const contracts = builtDeclarations.flatMap((declaration) => declaration.publishes);
  const connector = await readConnectorFile(configuration.connectorFile, contracts, configuration.namespace);
  for (const warning of connector.warnings) log.warn({ file: configuration.connectorFile }, warning);
  const prepared = await prepareDatabase(configuration, connector, startLog(log));
  const started: (() => Promise<unknown>)[] = [async () => prepared.embedded?.stop()];
  try {
    return await startOn(prepared, configuration, connector, log, started);
  } catch (error) {
    for (const stop of started.reverse()) await stop().catch(() => undefined);
    throw error;
  }
}

type Connector = Awaited<ReturnType<typeof readConnectorFile>>;

async function startOn(
  prepared: PreparedDatabase,
  configuration: Configuration,
  connector: Connector,
  log: Logger,
  started: (() => Promise<unknown>)[],
): Promise<RunningServer> {
  const clock = new SystemClock();
  const pool = await ConnectionPool.open({ url: prepared.urls.app, size: POOL_SIZE, applicationName: 'orderkeel' });
  started.push(() => pool.close());
  const database = new Database(pool, prepared.roles, clock);
  const { modules, changes } = await settleEnabled(database, configuration, builtDeclarations);
  for (const change of changes) log.info(change);

  const root = AppModule.of({ clock, database, roles: prepared.roles, file: configuration.file, enabled: modules });
  const { app } = await createHttpApp(root, { logger: log, nestLogger: false, version: version() });
  started.push(() => app.close());
  const source = new EmbeddedSource({
    db: database,
    executors: executorsOf(app, modules, configuration.file),
    clock,
    log: new StreamLog(log),
    metrics: new StreamMetrics(app.get(Metrics, { strict: false }).registry),
    settings: {
      replicationUrl: prepared.urls.replication,
      slot: connector.slot,
      publication: connector.publication,
      topicPrefix: connector.topicPrefix,
      tables: connector.tables,
      owner: `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`,
      batchWaitMs: BATCH_WAIT_MS,
      maxRetainedBytes: MAX_RETAINED_BYTES,
    },
  });
  app.get(ChangeStreamView, { strict: false }).attach(source, connector.slot);
  source.start();
  started.push(() => source.stop());
  const url = await listen(app, configuration);
  const dataDir = prepared.embedded?.dataDir;
  await writeServerFile(configuration.dataDir, { pid: process.pid, url, ...(dataDir && { dataDir }) });
  started.push(() => removeServerFile(configuration.dataDir));
  return {
    url,
    embeddedDataDir: dataDir ?? null,
    database,
    stop: async () => {
      for (const stop of started.splice(0).reverse()) {
        await stop().catch((error: unknown) => log.error({ error: String(error) }, 'a part did not stop in order'));
      }
    },
  };
}

async function listen(app: NestFastifyApplication, { host, port }: Configuration): Promise<string> {
  await app.listen(port, host);
  const address = app.getHttpServer().address() as { port: number };
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `http://${name}:${address.port}`;
}
