import { resolve } from 'node:path';
import type { KafkaAccess, OrderkeelModuleDeclaration } from '@orderkeel/platform';
import { ConfigurationError } from './configuration-error.js';
import { readConfigurationFile, type ConfigurationFile } from './configuration-file.js';
import { readEnvironment, type Environment } from './environment.js';
import { kafkaAccess } from './kafka-access.js';
import { packageRoot } from './package-root.js';

/** The URLs of the user's own PostgreSQL; the last two are the first where they were not given. */
export interface DatabaseUrls {
  readonly app: string;
  readonly admin: string;
  readonly replication: string;
}

/** Everything that decides how this process runs: environment over file over defaults (interfaces 6). */
export interface Configuration {
  readonly file: ConfigurationFile;
  /** Modules that the environment names; null: the file, then the installation decides. */
  readonly modules: readonly string[] | null;
  /** What this process shall run: modules, and `http` for the API; null: all that is enabled. */
  readonly run: readonly string[] | null;
  /** Where the changes come from. */
  readonly changes: Environment['ORDERKEEL_CHANGES'];
  /** Some brokers to begin with, `host:port`; null: those of the stack that runs on the data folder, or the default. */
  readonly brokers: readonly string[] | null;
  /** How to get into Kafka, secrets included. */
  readonly kafkaAccess: KafkaAccess;
  readonly dataDir: string;
  readonly explicitDataDir: boolean;
  readonly host: string;
  readonly port: number;
  /** Null: the embedded PostgreSQL. */
  readonly urls: DatabaseUrls | null;
  readonly namespace: string;
  readonly connectorFile: string;
  readonly logLevel: Environment['ORDERKEEL_LOG_LEVEL'];
}

/** Where changes do not go through Kafka, no file is looked for. */
const NO_KAFKA: KafkaAccess = { tls: null, sasl: null };
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);

/** Reads the whole configuration; throws ConfigurationError with the name of what cannot be used. */
export function readConfiguration(
  variables: Readonly<Record<string, string | undefined>>,
  declarations: readonly OrderkeelModuleDeclaration[],
): Configuration {
  const environment = readEnvironment(variables);
  refuseWhatIsNotBuilt(environment);
  const path = resolve(environment.ORDERKEEL_CONFIG ?? 'orderkeel.config.json');
  return {
    file: readConfigurationFile(path, environment.ORDERKEEL_CONFIG !== undefined, declarations),
    modules: namedModules(environment.ORDERKEEL_MODULES, declarations),
    run: namedRun(environment, declarations),
    changes: environment.ORDERKEEL_CHANGES,
    brokers: environment.ORDERKEEL_KAFKA_BROKERS ?? null,
    kafkaAccess: environment.ORDERKEEL_CHANGES === 'kafka' ? kafkaAccess(environment) : NO_KAFKA,
    dataDir: resolve(environment.ORDERKEEL_DATA_DIR ?? '.orderkeel'),
    explicitDataDir: environment.ORDERKEEL_DATA_DIR !== undefined,
    host: environment.ORDERKEEL_HOST,
    port: environment.ORDERKEEL_PORT,
    urls: databaseUrls(environment),
    namespace: environment.ORDERKEEL_NAMESPACE,
    connectorFile: resolve(
      environment.ORDERKEEL_CONNECTOR ?? `${packageRoot()}/infra/debezium/orderkeel-connector.json`,
    ),
    logLevel: environment.ORDERKEEL_LOG_LEVEL,
  };
}

function databaseUrls(environment: Environment): DatabaseUrls | null {
  const app = environment.ORDERKEEL_DATABASE_URL;
  if (app === undefined) {
    if (environment.ORDERKEEL_ADMIN_DATABASE_URL ?? environment.ORDERKEEL_REPLICATION_DATABASE_URL) {
      throw new ConfigurationError('ORDERKEEL_DATABASE_URL is missing: the admin and replication URLs come beside it');
    }
    return null;
  }
  return {
    app,
    admin: environment.ORDERKEEL_ADMIN_DATABASE_URL ?? app,
    replication: environment.ORDERKEEL_REPLICATION_DATABASE_URL ?? app,
  };
}

/** `none`, or names of optional modules; the core may be named too and is always there. */
function namedModules(
  names: readonly string[] | undefined,
  declarations: readonly OrderkeelModuleDeclaration[],
): string[] | null {
  if (names === undefined) return null;
  const wanted = names.length === 1 && names[0] === 'none' ? [] : [...names];
  const unknown = wanted.find((name) => !declarations.some((declaration) => declaration.name === name));
  if (unknown !== undefined) {
    const built = declarations.filter((declaration) => declaration.optional).map((declaration) => declaration.name);
    throw new ConfigurationError(
      `ORDERKEEL_MODULES names ${unknown}, which is not built; built: ${built.join(', ')}, or none`,
    );
  }
  return wanted;
}

/** Modules that were built, and `http`; whether they are enabled is another question. */
function namedRun(
  { ORDERKEEL_RUN: names }: Environment,
  declarations: readonly OrderkeelModuleDeclaration[],
): readonly string[] | null {
  const known = [...declarations.map(({ name }) => name), 'http'];
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown === undefined) return names ?? null;
  throw new ConfigurationError(`ORDERKEEL_RUN names ${unknown}, which nothing can run; known: ${known.join(', ')}`);
}

function refuseWhatIsNotBuilt(environment: Environment): void {
  if (environment.ORDERKEEL_AUTH === 'required' || !LOOPBACK.has(environment.ORDERKEEL_HOST)) {
    throw new ConfigurationError(
      `ORDERKEEL_HOST=${environment.ORDERKEEL_HOST}${environment.ORDERKEEL_AUTH ? ` with ORDERKEEL_AUTH=${environment.ORDERKEEL_AUTH}` : ''} needs API keys, ` +
        'which this release does not have: listen on 127.0.0.1 with ORDERKEEL_AUTH=off, behind a proxy that authenticates',
    );
  }
}
