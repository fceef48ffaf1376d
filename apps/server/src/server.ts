import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  createHttpApp,
  embeddedFolder,
  Housekeeping,
  Metrics,
  monthsAhead,
  SystemClock,
  type Clock,
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
import { StartedParts } from './started-parts.js';
import { claimExecutors } from './stream/claim-executors.js';
import { openChangeStream } from './stream/change-stream.js';
import { readConnector } from './stream/connector.js';
import { executorsOf, runHere } from './stream/executors.js';
import type { StreamTuning } from './stream/stream-tuning.js';
import { topicsDocument } from './stream/topics-document.js';
import { version } from './version.js';

/** A running Orderkeel. */
export interface RunningServer {
  readonly url: string;
  /** The folder that really holds the data, whoever runs PostgreSQL there; null on the user's own. */
  readonly embeddedDataDir: string | null;
  /** False: it has health, metrics and operations only, and other processes serve the API. */
  readonly serves: boolean;
  /** True: it runs every executor that is enabled, and needs no other process. */
  readonly runsAll: boolean;
  /** Works on the connections of requests. */
  readonly database: Database;
  /** Rejects when a part has given up and the program is to end, with the reason; never resolves. */
  readonly failed: Promise<never>;
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
  if (configuration.changes === 'embedded') warnOf(connector, configuration, log);
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

/** Database, modules, HTTP, the change stream: each is stopped before what it stands on. */
async function startOn(
  { prepared, configuration, connector, log, tuning }: Start,
  parts: StartedParts,
): Promise<RunningServer> {
  const { urls, roles, embedded } = prepared;
  const { file, dataDir, modules: named } = configuration;
  const serves = configuration.run?.includes('http') ?? true;
  const clock = new SystemClock();
  const shares = connectionShares(builtDeclarations, configuration);
  const { requests, executors, close } = await openDatabases(prepared, shares, clock, log);
  parts.add(close);
  const { modules, changes } = await settleEnabled(requests, configuration, builtDeclarations, connector.slot);
  for (const change of changes) log.info(change);

  const root = AppModule.of({ clock, database: requests, roles, file, modules: named, enabled: modules, serves });
  const documents = { asyncapi: await topicsDocument(configuration, connector) };
  const { app } = await createHttpApp(root, { logger: log, nestLogger: false, version: version(), documents });
  parts.add(keepHouse(app, executors, clock, log));

  const failure = failing();
  const shared = { app, clock, log, connector, configuration, database: executors, replicationUrl: urls.replication };
  const stream = { ...shared, executors: executorsOf(app, modules, file), gaveUp: failure.fail };
  const claim = await claimExecutors(stream);
  parts.add(() => claim.release());
  const source = await openChangeStream(stream, tuning);
  parts.add(() => source.stop());
  // Stopped before the stream: requests end before what answers them.
  parts.add(() => app.close());

  const url = await listen(app, configuration);
  const embeddedDataDir = embedded?.dataDir ?? (configuration.urls ? null : await embeddedFolder(dataDir));
  if (serves) {
    const file = { pid: process.pid, url, ...(embeddedDataDir && { dataDir: embeddedDataDir }) };
    const former = await writeServerFile(dataDir, file);
    parts.add(() => removeServerFile(dataDir, former));
  }
  const runsAll = runHere(stream.executors, configuration).length === stream.executors.length;
  const { failed } = failure;
  return { url, embeddedDataDir, serves, runsAll, database: requests, failed, stop: () => parts.stop() };
}

function warnOf({ warnings }: ConnectorSettings, { connectorFile }: Configuration, log: Logger): void {
  for (const warning of warnings) log.warn({ file: connectorFile }, warning);
}

/** A promise that only ever rejects, by `fail`; nobody has to listen to it. */
function failing(): { failed: Promise<never>; fail(error: Error): void } {
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_resolve, reject) => (fail = reject));
  failed.catch(() => undefined);
  return { failed, fail: (error) => fail(error) };
}

/** Begins the chores, on the executors' connections: a crowd of requests must not keep next month from being made. */
function keepHouse(app: INestApplicationContext, database: Database, clock: Clock, log: Logger): () => Promise<void> {
  const chores = [monthsAhead(database, clock)];
  const housekeeping = new Housekeeping(chores, log, app.get(Metrics, { strict: false }));
  housekeeping.start();
  return () => housekeeping.stop();
}

async function listen(app: NestFastifyApplication, { host, port }: Configuration): Promise<string> {
  await app.listen(port, host);
  const address = app.getHttpServer().address() as { port: number };
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `http://${name}:${address.port}`;
}
