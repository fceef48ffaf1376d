import type { ModuleTx } from '../database/module-tx.js';

/** A session, as far as it can be asked something. */
interface Session {
  query(sql: string, parameters: readonly unknown[]): Promise<unknown>;
}

/** The number of the lock that all who have an executor's code hold together; advisory locks are this database's own. */
const lockOf = (executor: string) => `hashtextextended('orderkeel executor ' || ${executor}, 0)`;

/** Tells the other processes of the installation that this one has the code of these executors, while the session lasts. */
export async function announceExecutors(session: Session, executors: readonly string[]): Promise<void> {
  await session.query(`SELECT pg_advisory_lock_shared(${lockOf('name')}) FROM unnest($1::text[]) AS name`, [executors]);
}

/**
 * Disables the executors that nobody could run: this program is not built with them, and no process that lives has their
 * code, as another version's might. Where it comes back, it has missed something and needs a snapshot. Gives their names.
 */
export async function retireExecutors(tx: ModuleTx, built: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ executor: string }>(
    `WITH unknown AS MATERIALIZED (
       SELECT executor FROM cdc.consumer
        WHERE executor <> module AND state <> 'DISABLED' AND NOT executor = ANY($1))
     UPDATE cdc.consumer c SET state = 'DISABLED', held = false, reason = 'no program is built with it',
            floor_pos = NULL, snapshot_pos = NULL, state_since = clock_timestamp()
       FROM unknown WHERE unknown.executor = c.executor AND pg_try_advisory_xact_lock(${lockOf('unknown.executor')})
     RETURNING c.executor`,
    [built],
  );
  return rows.map((row) => row.executor);
}
