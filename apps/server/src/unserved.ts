import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  ChangeStreamView,
  ConnectionPool,
  createHttpApp,
  Database,
  enabledModules,
  SystemClock,
  type StartLog,
} from '@orderkeel/platform';
import { pino } from 'pino';
import { AppModule } from './app.module.js';
import { builtDeclarations } from './built-modules.js';
import { ConfigurationError } from './configuration/configuration-error.js';
import type { Configuration } from './configuration/configuration.js';
import { locateDatabase, runningDatabase, type LocatedDatabase } from './database/locate-database.js';
import { pendingIn } from './database/pending.js';
import { readConnector } from './stream/connector.js';
import { version } from './version.js';

/** The API's routes on a database that no server of this folder serves: nothing listens, no executor runs. */
export interface UnservedRoutes {
  /** Answers as the server would; lags are not known. */
  ask(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
  close(): Promise<void>;
}

const POOL_SIZE = 3;

/**
 * Opens the routes for a command (interfaces 7: "talk to the running server, else to the database"). Starts the embedded
 * PostgreSQL for the duration where none runs; installs nothing: a database that is behind this program is refused.
 */
export async function openUnserved(configuration: Configuration, people: StartLog): Promise<UnservedRoutes> {
  const { slot } = await readConnector(configuration);
  const running = configuration.urls ? null : await runningDatabase(configuration);
  const located = running ?? (await locateDatabase(configuration, slot, { log: people }));
  try {
    await refusePending(located);
    const routes = await openRoutes(located, configuration);
    const close = async () => {
      await routes.close();
      await located.embedded?.stop();
    };
    return { ask: routes.ask, close };
  } catch (error) {
    await located.embedded?.stop();
    throw error;
  }
}

/** As `openUnserved`, on a database that was located, is up to date, and stays with the caller. */
export async function openRoutes(located: LocatedDatabase, configuration: Configuration): Promise<UnservedRoutes> {
  const { app, pool } = await routesOn(located, configuration);
  const close = async () => {
    await app.close();
    await pool.close();
  };
  return { ask: (method, path, body) => inject(app, method, path, body), close };
}

async function refusePending(located: LocatedDatabase): Promise<void> {
  const { migrations } = await pendingIn(located, Date.now());
  if (migrations.length === 0) return;
  throw new ConfigurationError(
    `The database lacks ${migrations.length} migrations of this Orderkeel: run "npx orderkeel migrate", or start it.`,
  );
}

async function routesOn({ urls, roles }: LocatedDatabase, configuration: Configuration) {
  const { file, modules } = configuration;
  const { slot } = await readConnector(configuration);
  const clock = new SystemClock();
  const pool = await ConnectionPool.open({
    url: urls.app,
    size: POOL_SIZE,
    restingRole: roles.api,
    applicationName: 'orderkeel command',
  });
  try {
    const database = new Database(pool, roles, clock);
    const stored = await database.bookkeeping(enabledModules);
    const enabled = new Set(stored ?? builtDeclarations.map(({ name }) => name));
    const root = AppModule.of({ clock, database, roles, file, modules, enabled });
    const logger = pino({ level: 'silent' });
    const { app } = await createHttpApp(root, { logger, nestLogger: false, version: version() });
    // Who reads the slot, wherever it runs, hears of what is changed here.
    app.get(ChangeStreamView, { strict: false }).slot = slot;
    return { app, pool };
  } catch (error) {
    await pool.close();
    throw error;
  }
}

async function inject(app: NestFastifyApplication, method: 'GET' | 'POST', url: string, body: unknown) {
  const { statusCode, payload } = await app.inject({
    method,
    url,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, payload: JSON.stringify(body) }),
  });
  return { status: statusCode, body: JSON.parse(payload) as unknown };
}
