import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../apps/server/src/index.js';
import { onConnection } from '../../libs/platform/src/postgres/admin-connection.js';
import type { MigratedDatabase } from './migrated-database.js';
import { until } from './until.js';

type Properties = Record<string, string>;

/** The Kafka stack that flows run on, when the runner of the tests has started one. */
export interface FlowStack {
  readonly brokers: string;
  readonly connectUrl: string;
}

/** Null: flows read PostgreSQL's own log. */
export function flowStack(): FlowStack | null {
  const { FLOW_BROKERS: brokers, FLOW_CONNECT_URL: connectUrl } = process.env;
  return brokers && connectUrl ? { brokers, connectUrl } : null;
}

/** The replication slot of a flow's database, the prefix of its topics, and the name of its connector. */
export function slotOf(db: MigratedDatabase): string {
  return `slot_${new URL(db.adminUrl).pathname.slice(1)}`.slice(0, 63);
}

/** Slots are named across the whole server, and topics across all brokers, which have a database for each flow. */
export async function connectorWithOwnSlot(folder: string, db: MigratedDatabase): Promise<string> {
  const shipped = join(packageRoot(), 'infra/debezium/orderkeel-connector.json');
  const connector = JSON.parse(await readFile(shipped, 'utf8')) as { name: string; config: Properties };
  Object.assign(connector.config, { 'slot.name': slotOf(db), ...(flowStack() && ownTopics(db)) });
  const path = join(folder, 'connector.json');
  await writeFile(path, JSON.stringify(connector));
  return path;
}

function ownTopics(db: MigratedDatabase): Properties {
  return {
    'topic.prefix': slotOf(db),
    'topic.creation.default.partitions': '4',
    'topic.creation.default.replication.factor': '1',
    'topic.creation.single.replication.factor': '1',
  };
}

/** A flow's connector as Kafka Connect gets it. */
export async function filledConnector(
  path: string,
  db: MigratedDatabase,
): Promise<{ name: string; config: Properties }> {
  const { config } = JSON.parse(await readFile(path, 'utf8')) as { config: Properties };
  return { name: slotOf(db), config: { ...config, ...databaseOf(db.adminUrl) } };
}

/** Lets Debezium capture a flow's database, unless it does already. */
export async function capture(path: string, db: MigratedDatabase, stack: FlowStack): Promise<void> {
  const { name, config } = await filledConnector(path, db);
  await startConnector(stack, db.adminUrl, name, config);
}

/** The properties that name a test's database, and its superuser. */
export function databaseOf(adminUrl: string): Properties {
  const { hostname, port, username, password, pathname } = new URL(adminUrl);
  return {
    'database.hostname': hostname,
    'database.port': port,
    'database.user': username,
    'database.password': password || 'unused',
    'database.dbname': pathname.slice(1),
    'database.sslmode': 'disable',
    'slot.failover': 'false',
  };
}

/** Gives Kafka Connect a connector that has the name of its slot, and waits until it reads. */
export async function startConnector(
  { connectUrl }: FlowStack,
  adminUrl: string,
  name: string,
  config: Properties,
): Promise<void> {
  await settled(`${connectUrl}/connectors/${name}/config`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(config),
  });
  await until('the connector reads', () => isActive(adminUrl, name), 60_000);
}

/** Ends what `capture` began. */
export async function endCapture(db: MigratedDatabase): Promise<void> {
  const stack = flowStack();
  await (stack ? endConnector(stack, db.adminUrl, slotOf(db)) : dropSlot(db));
}

/** Ends a connector and drops its slot, which has its name. */
export async function endConnector({ connectUrl }: FlowStack, adminUrl: string, name: string): Promise<void> {
  await settled(`${connectUrl}/connectors/${name}`, { method: 'DELETE' });
  await dropFreeSlot(adminUrl, name);
}

/** Asks Kafka Connect until its group has settled: it refuses while a connector of another test comes or goes. */
async function settled(url: string, request: RequestInit): Promise<void> {
  await until(
    `Kafka Connect takes ${request.method} ${url}`,
    async () => {
      const answer = await fetch(url, request);
      if (answer.status === 400) throw new Error(`Kafka Connect refused the connector: ${await answer.text()}`);
      return answer.ok || answer.status === 404;
    },
    60_000,
  );
}

/** Drops the slot of a database once nobody reads it. */
export async function dropSlot(db: MigratedDatabase): Promise<void> {
  await dropFreeSlot(db.adminUrl, slotOf(db));
}

async function dropFreeSlot(adminUrl: string, slot: string): Promise<void> {
  await until('the slot is free', async () => !(await isActive(adminUrl, slot)));
  await onConnection(adminUrl, (admin) =>
    admin.query('SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1', [slot]),
  );
}

async function isActive(adminUrl: string, slot: string): Promise<boolean> {
  const { rows } = await onConnection(adminUrl, (admin) =>
    // Whoever makes a slot has it too, and gets nothing of what is written before it is complete.
    admin.query<{ active: boolean }>(
      'SELECT active AND confirmed_flush_lsn IS NOT NULL AS active FROM pg_replication_slots WHERE slot_name = $1',
      [slot],
    ),
  );
  return rows[0]?.active ?? false;
}
