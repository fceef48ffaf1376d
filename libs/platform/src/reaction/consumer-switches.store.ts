import type { ModuleTx } from '../database/module-tx.js';
import type { ConsumerState } from './consumer.store.js';

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
  const known = await readEnabled(tx);
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

async function readEnabled(tx: ModuleTx): Promise<Map<string, boolean>> {
  const rows = await tx.query<{ executor: string; state: string }>('SELECT executor, state FROM cdc.consumer');
  return new Map(rows.map((row) => [row.executor, row.state !== 'DISABLED']));
}

async function writeConfigured(tx: ModuleTx, consumer: ConfiguredConsumer, enabled: boolean): Promise<void> {
  await tx.execute(
    `INSERT INTO cdc.consumer (executor, module, module_enabled, executor_enabled, state, handler_version, state_since)
     VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp())
     ON CONFLICT (executor) DO UPDATE SET module = excluded.module, module_enabled = excluded.module_enabled,
       executor_enabled = excluded.executor_enabled, state = excluded.state, held = false, reason = NULL, floor_pos = NULL,
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

/** A module and its executors, as this installation has them switched (architecture 8). */
export interface StoredModule {
  readonly module: string;
  readonly enabled: boolean;
  readonly executors: readonly {
    readonly executor: string;
    /** The executor's own switch; it runs when its module is enabled as well. */
    readonly enabled: boolean;
    readonly state: ConsumerState;
  }[];
}

/** All modules that any program of this installation was built with, by name. */
export async function readModules(tx: ModuleTx): Promise<StoredModule[]> {
  return tx.query<StoredModule>(
    `SELECT module, bool_or(module_enabled) AS enabled,
            COALESCE(jsonb_agg(jsonb_build_object('executor', executor, 'enabled', executor_enabled, 'state', state)
                               ORDER BY executor) FILTER (WHERE executor <> module), '[]') AS executors
       FROM cdc.consumer GROUP BY module ORDER BY module`,
  );
}
