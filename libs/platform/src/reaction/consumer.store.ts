import type { ModuleTx } from '../database/module-tx.js';

/** The states of an executor (interfaces 3, `GET /ops/consumers`). */
export const CONSUMER_STATES = [
  'DISABLED',
  'NEEDS_SNAPSHOT',
  'ONBOARDING',
  'SNAPSHOTTING',
  'RUNNING',
  'PAUSED',
] as const;
/** One of the states of an executor. */
export type ConsumerState = (typeof CONSUMER_STATES)[number];

/** What the installation knows of an executor. */
export interface Consumer {
  readonly executor: string;
  readonly module: string;
  readonly state: ConsumerState;
  /** Why it is paused or needs a snapshot. */
  readonly reason: string | null;
  readonly handlerVersion: number;
  /** While it catches up: nothing behind this LSN may be acknowledged. */
  readonly floor: bigint | null;
  /** The LSN at which its stream continues once its keys are worked through. */
  readonly snapshotPos: bigint | null;
}

const COLUMNS = `executor, module, state, reason, handler_version AS "handlerVersion", floor_pos AS floor,
                 snapshot_pos AS "snapshotPos"`;

type Stored = Omit<Consumer, 'floor' | 'snapshotPos'> & { floor: string | null; snapshotPos: string | null };

/** All executors of the installation, by name. */
export async function readConsumers(tx: ModuleTx): Promise<Map<string, Consumer>> {
  const rows = await tx.query<Stored>(`SELECT ${COLUMNS} FROM cdc.consumer WHERE executor <> module ORDER BY executor`);
  return new Map(
    rows.map((row) => [row.executor, { ...row, floor: asLsn(row.floor), snapshotPos: asLsn(row.snapshotPos) }]),
  );
}

function asLsn(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}

/** A change of state; what is left out becomes null. */
export interface Transition {
  readonly state: ConsumerState;
  readonly reason?: string;
  readonly floor?: bigint;
  readonly snapshotPos?: bigint;
}

/** Puts an executor into a state, from one of these states only. False: it was in another one, or held by a person. */
export async function moveConsumer(
  tx: ModuleTx,
  executor: string,
  to: Transition,
  from: readonly ConsumerState[] = CONSUMER_STATES,
): Promise<boolean> {
  const moved = await tx.execute(
    `UPDATE cdc.consumer SET state = $2, reason = $3, floor_pos = $4, snapshot_pos = $5, state_since = clock_timestamp()
      WHERE executor = $1 AND state = ANY($6) AND COALESCE(reason, '') NOT LIKE 'paused%'`,
    [executor, to.state, to.reason ?? null, to.floor ?? null, to.snapshotPos ?? null, from],
  );
  return moved === 1;
}

/** True for an executor that an operator or a failure has paused, and that must not start by itself. */
export function isHeldBack(consumer: Pick<Consumer, 'state' | 'reason'>): boolean {
  return consumer.state === 'PAUSED' || (consumer.reason?.startsWith('paused') ?? false);
}

/** An executor as this program was built and configured. */
export interface ConfiguredConsumer {
  readonly executor: string;
  readonly module: string;
  readonly moduleEnabled: boolean;
  readonly executorEnabled: boolean;
  readonly version: number;
}

/**
 * Makes the stored set what is configured. Who is new or enabled again has missed something and needs a snapshot; who is
 * disabled keeps nothing waiting. Gives a sentence for each change.
 */
export async function configureConsumers(tx: ModuleTx, configured: readonly ConfiguredConsumer[]): Promise<string[]> {
  await tx.execute('LOCK TABLE cdc.consumer IN SHARE ROW EXCLUSIVE MODE');
  const known = await readAll(tx);
  const changes: string[] = [];
  for (const consumer of configured) {
    const enabled = consumer.moduleEnabled && consumer.executorEnabled;
    const before = known.get(consumer.executor);
    if (before === enabled) {
      await writeSwitches(tx, consumer);
      continue;
    }
    if (before !== undefined || !enabled) changes.push(`${consumer.executor} is ${enabled ? 'enabled' : 'disabled'}`);
    await writeConfigured(tx, consumer, enabled);
  }
  return changes;
}

async function readAll(tx: ModuleTx): Promise<Map<string, boolean>> {
  const rows = await tx.query<{ executor: string; state: string }>('SELECT executor, state FROM cdc.consumer');
  return new Map(rows.map((row) => [row.executor, row.state !== 'DISABLED']));
}

async function writeConfigured(tx: ModuleTx, consumer: ConfiguredConsumer, enabled: boolean): Promise<void> {
  await tx.execute(
    `INSERT INTO cdc.consumer (executor, module, module_enabled, executor_enabled, state, handler_version, state_since)
     VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp())
     ON CONFLICT (executor) DO UPDATE SET module = excluded.module, module_enabled = excluded.module_enabled,
       executor_enabled = excluded.executor_enabled, state = excluded.state, reason = NULL, floor_pos = NULL,
       snapshot_pos = NULL, handler_version = excluded.handler_version, state_since = excluded.state_since`,
    [
      consumer.executor,
      consumer.module,
      consumer.moduleEnabled,
      consumer.executorEnabled,
      enabled ? 'NEEDS_SNAPSHOT' : 'DISABLED',
      consumer.version,
    ],
  );
}

/** Both switches are kept, also where the other one decides: the module's is what the next start goes by. */
async function writeSwitches(tx: ModuleTx, consumer: ConfiguredConsumer): Promise<void> {
  const { executor, module, moduleEnabled, executorEnabled, version } = consumer;
  await tx.execute(
    `UPDATE cdc.consumer SET module = $2, module_enabled = $3, executor_enabled = $4, handler_version = $5
      WHERE executor = $1 AND (module, module_enabled, executor_enabled, handler_version) IS DISTINCT FROM ($2, $3, $4, $5)`,
    [executor, module, moduleEnabled, executorEnabled, version],
  );
}

/** The modules that the installation has stored as enabled; null on a new database. */
export async function enabledModules(tx: ModuleTx): Promise<string[] | null> {
  const rows = await tx.query<{ module: string; enabled: boolean }>(
    'SELECT module, bool_or(module_enabled) AS enabled FROM cdc.consumer GROUP BY module ORDER BY module',
  );
  return rows.length === 0 ? null : rows.filter((row) => row.enabled).map((row) => row.module);
}
