import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  createHttpApp,
  Housekeeping,
  Metrics,
  monthsAhead,
  oldKeysForgotten,
  SystemClock,
  type ConnectorSettings,
  type Database,
  type StartLog,
} from '@orderkeel/platform';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { builtDeclarations } from './built-modules.js';
import type { Configuration } from './configuration/configuration.js';
import { settleEnabled } from './configuration/enabled.js';
import { connectionShares } from './database/connection-shares.js';
import type { LocatedDatabase } from './database/locate-database.js';
import { openDatabases } from './database/open-databases.js';
import { prepareDatabase } from './database/prepare-database.js';
import { startLog } from './log.js';
import { removeServerFile, writeServerFile } from './server-file.js';
import { openChangeStream, type StreamTuning } from './stream/change-stream.js';
import { readConnector } from './stream/connector.js';
import { executorsOf } from './stream/executors.js';
import { version } from './version.js';

/** A running Orderkeel. */
export interface RunningServer {
  readonly url: string;
  /** The folder that really holds the data; null on the user's own PostgreSQL. */
  readonly embeddedDataDir: string | null;
  /** Works on the connections of requests. */
  readonly database: Database;
  /** Stops in order: no new requests, batches finished and acknowledged, connections closed (reliability 3.12). */
  stop(): Promise<void>;
}

/** Who watches a start. */
export interface StartWatch {
  /** Told what the start does; stdout and the log when absent. */
  readonly people?: StartLog;
  /** Ends the start early: it throws, and leaves nothing running. */
  readonly signal?: AbortSignal;
}

/** Starts everything that the configuration asks for; on failure nothing is left running. */
export async function startServer(
  configuration: Configuration,
  log: Logger,
  tuning: StreamTuning = {},
  { people = startLog(log), signal }: StartWatch = {},
): Promise<RunningServer> {
  const connector = await readConnector(configuration);
  for (const warning of connector.warnings) log.warn({ file: configuration.connectorFile }, warning);
  const prepared = await prepareDatabase(configuration, connector, { log: people, signal });
  const parts = new StartedParts(log);
  parts.add(async () => prepared.embedded?.stop());
  try {
    const server = await startOn({ prepared, configuration, connector, log, tuning }, parts);
    signal?.throwIfAborted();
    return server;
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

interface Start {
  readonly prepared: LocatedDatabase;
  readonly configuration: Configuration;
  readonly connector: ConnectorSettings;
  readonly log: Logger;
  readonly tuning: StreamTuning;
}

async function startOn(
  { prepared, configuration, connector, log, tuning }: Start,
  parts: StartedParts,
): Promise<RunningServer> {
  const { file, dataDir, modules: named } = configuration;
  const clock = new SystemClock();
  const databases = await openDatabases(prepared, connectionShares(builtDeclarations, file), clock);
  parts.add(() => databases.close());
  const { requests: database } = databases;
  const { modules, changes } = await settleEnabled(database, configuration, builtDeclarations, connector.slot);
  for (const change of changes) log.info(change);

  const root = AppModule.of({ clock, database, roles: prepared.roles, file, modules: named, enabled: modules });
  const { app } = await createHttpApp(root, { logger: log, nestLogger: false, version: version() });
  const chores = [monthsAhead(database, clock), oldKeysForgotten(database, clock)];
  const housekeeping = new Housekeeping(chores, log, app.get(Metrics, { strict: false }));
  housekeeping.start();
  parts.add(() => housekeeping.stop());
  const executors = executorsOf(app, modules, file);
  const replicationUrl = prepared.urls.replication;
  const source = openChangeStream(
    { app, database: databases.executors, clock, log, executors, connector, replicationUrl },
    tuning,
  );
  parts.add(() => source.stop());
  parts.add(() => app.close());
  const url = await listen(app, configuration);
  const embeddedDataDir = prepared.embedded?.dataDir ?? null;
  await writeServerFile(dataDir, { pid: process.pid, url, ...(embeddedDataDir && { dataDir: embeddedDataDir }) });
  parts.add(() => removeServerFile(dataDir));
  return { url, embeddedDataDir, database, stop: () => parts.stop() };
}

/** What runs, stopped in reverse order; a part that fails to stop does not keep the others running. */
class StartedParts {
  private readonly stops: (() => Promise<unknown>)[] = [];

  constructor(private readonly log: Logger) {}

  add(stop: () => Promise<unknown>): void {
    this.stops.push(stop);
  }

  async stop(): Promise<void> {
    for (const stop of this.stops.splice(0).reverse()) {
      await stop().catch((error: unknown) => this.log.error({ error: String(error) }, 'a part did not stop in order'));
    }
  }
}

async function listen(app: NestFastifyApplication, { host, port }: Configuration): Promise<string> {
  await app.listen(port, host);
  const address = app.getHttpServer().address() as { port: number };
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `http://${name}:${address.port}`;
}
