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
  const { hostname, port, username, password, pathname } = new URL(db.adminUrl);
  const filled = {
    'database.hostname': hostname,
    'database.port': port,
    'database.user': username,
    'database.password': password || 'unused',
    'database.dbname': pathname.slice(1),
    'database.sslmode': 'disable',
    'slot.failover': 'false',
  };
  return { name: slotOf(db), config: { ...config, ...filled } };
}

/** Lets Debezium capture a flow's database, unless it does already. */
export async function capture(path: string, db: MigratedDatabase, { connectUrl }: FlowStack): Promise<void> {
  const { name, config } = await filledConnector(path, db);
  const answer = await fetch(`${connectUrl}/connectors/${name}/config`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(config),
  });
  if (!answer.ok) throw new Error(`Connect refused the connector: ${await answer.text()}`);
  await until('the connector reads', () => isActive(db), 60_000);
}

/** Ends what `capture` began, and drops the slot. */
export async function endCapture(db: MigratedDatabase): Promise<void> {
  const stack = flowStack();
  if (stack) await fetch(`${stack.connectUrl}/connectors/${slotOf(db)}`, { method: 'DELETE' });
  await dropSlot(db);
}

/** Drops the slot of a database once nobody reads it. */
export async function dropSlot(db: MigratedDatabase): Promise<void> {
  await until('the slot is free', async () => !(await isActive(db)));
  await onConnection(db.adminUrl, (admin) =>
    admin.query('SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1', [
      slotOf(db),
    ]),
  );
}

async function isActive(db: MigratedDatabase): Promise<boolean> {
  const { rows } = await onConnection(db.adminUrl, (admin) =>
    admin.query<{ active: boolean }>('SELECT active FROM pg_replication_slots WHERE slot_name = $1', [slotOf(db)]),
  );
  return rows[0]?.active ?? false;
}
