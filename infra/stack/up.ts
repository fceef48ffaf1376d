import { join } from 'node:path';
import { fillIn, readConnector, type Configuration } from '../../apps/server/src/index.js';
import type { AskedPorts } from './asked-ports.js';
import { broker } from './broker.js';
import { connect } from './connect/connect.js';
import { urlOf } from './connect/connect-client.js';
import { connectorValues, SECRETS_FILE } from './connect/connector-values.js';
import { registerConnector } from './connect/register-connector.js';
import { fetchJars, forgetOtherJars } from './jars/fetch-jars.js';
import { findJava } from './java/find-java.js';
import { startPostgres, type StackPostgres } from './postgres/start-postgres.js';
import { readText, replaceFile } from './private-file.js';
import { diagnose, ensureProcess } from './process/ensure-process.js';
import type { JavaProgram } from './process/java-program.js';
import { livingRecord, type ProcessRecord } from './process/process-record.js';
import { readLog } from './process/start-process.js';
import { stopProcess } from './process/stop-process.js';
import { renderProperties } from './settings/properties.js';
import { lastStackFile, writeStackFile, type StackFile } from './stack-file.js';
import type { StackFolder } from './stack-folder.js';

const STOP_PATIENCE_MS = 15_000;

/** What bringing a stack up takes. The folder is this command's alone meanwhile. */
export interface StackUp {
  readonly folder: StackFolder;
  readonly configuration: Configuration;
  readonly asked: AskedPorts;
  /** Told what is done, one line each. */
  readonly say: (line: string) => void;
}

/**
 * Leaves the whole stack running: PostgreSQL, migrated, and the broker; then Kafka Connect; then the connector, reading. What
 * runs is kept, what has died is started again. Throws with a message that says what to do; what was started goes on then.
 */
export async function up(stack: StackUp): Promise<StackFile> {
  const { folder, configuration, asked, say } = stack;
  const java = await findJava();
  const jars = await fetchJars(folder.jars, say);
  const names = await readConnector(configuration);
  const lastPort = (await lastStackFile(folder))?.postgres.port ?? null;

  // First of all: where a program has the data folder, nothing is to be started beside it.
  const postgres = await startPostgres(configuration, { ...names, lastPort, say });
  try {
    const kafka = await ensureBroker(folder, broker(folder, java, jars, asked), say);
    const brokers = [`127.0.0.1:${kafka.ports[0]}`];
    const worker = await ensureProcess(connect(folder, { java, jars, asked, brokers }), say);
    await forgetOtherJars(jars);
    const connectUrl = urlOf(worker.ports[0]);
    const connector = await giveConnector(stack, postgres, connectUrl);
    const file = { postgres: whereIs(postgres), brokers, connectUrl, connector, slot: names.slot };
    await writeStackFile(folder, file);
    return file;
  } finally {
    await postgres.leave();
  }
}

/** Kafka Connect that loses its broker for other settings may hang: it is ended first, and started anew with what is there then. */
async function ensureBroker(
  folder: StackFolder,
  program: JavaProgram,
  say: (line: string) => void,
): Promise<ProcessRecord> {
  const { repair } = await diagnose(program);
  const worker = repair === 'restart' ? await livingRecord(folder.connect) : null;
  if (worker !== null) await stopProcess(worker, STOP_PATIENCE_MS);
  return ensureProcess(program, say);
}

/** Gives Kafka Connect the connector file with the values of this place, and gives the connector's name. */
async function giveConnector(
  { folder, configuration, say }: StackUp,
  { replicationUrl, slot }: StackPostgres,
  connectUrl: string,
): Promise<string> {
  const secretsFile = join(folder.secrets, SECRETS_FILE);
  const { values, secrets } = connectorValues(replicationUrl, secretsFile);
  const connector = await fillIn(configuration, values);
  const before = await readText(secretsFile);
  const text = renderProperties(secrets);
  if (before !== text) await replaceFile(secretsFile, text);
  say(`Waiting until the connector ${connector.name} reads the slot ${connector.config['slot.name']}`);
  const startAgain = before !== null && before !== text;
  const log = () => readLog(folder.connect);
  await registerConnector({ connectUrl, connector, startAgain, slot, say, log });
  return connector.name;
}

function whereIs({ embedded, replicationUrl }: StackPostgres): StackFile['postgres'] {
  const { hostname, port, pathname } = replicationUrl;
  return { embedded, host: hostname, port: Number(port || 5432), database: decodeURIComponent(pathname.slice(1)) };
}
