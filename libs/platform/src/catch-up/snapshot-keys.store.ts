import { tableOf, type Contract } from '../contract/contract.js';
import type { Database } from '../database/database.js';
import type { ModuleTx } from '../database/module-tx.js';
import { assertOwned } from '../reaction/checkpoint.store.js';
import type { Executor } from '../reaction/executor.js';
import type { Onboarding } from './onboarding.store.js';

/**
 * Copies the keys of what an executor hears, as an exported snapshot shows them, in order of acceptance. Of a mutable
 * contract each key once, since facts are read anyway; of an append-only one each row. Copying again adds what is new,
 * and moves what has changed since it was worked through, behind the rest: so each round is shorter than the one before.
 */
export async function copyKeys(db: Database, onboarding: Onboarding, snapshotName: string): Promise<void> {
  const { executor, lane, checkpoint } = onboarding;
  const { contract } = executor;
  await db.batch(executor.module, executor.name, async (tx) => {
    await tx.execute('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await tx.execute(`SET TRANSACTION SNAPSHOT '${snapshotName}'`);
    await tx.execute(
      `INSERT INTO cdc.snapshot_key AS known (executor, contract, ordinal, module, key, row_id, row_version)
       SELECT $1, $2, nth + GREATEST($4, (SELECT max(ordinal) FROM cdc.snapshot_key
                                           WHERE executor = $1 AND contract = $2)), $3, key, row_id, row_version
         FROM (${contract.mutable ? mutableRows(contract) : appendedRows(contract)}) AS r
        WHERE NOT EXISTS (SELECT FROM cdc.snapshot_key k
                           WHERE k.executor = $1 AND k.contract = $2 AND k.row_id = r.row_id
                             AND k.row_version IS NOT DISTINCT FROM r.row_version)
       ON CONFLICT (executor, contract, row_id) DO UPDATE
         SET row_version = excluded.row_version,
             ordinal = CASE WHEN known.ordinal > $4 THEN known.ordinal ELSE excluded.ordinal END`,
      [executor.name, contract.name, executor.module, checkpoint.pos],
    );
    await assertOwned(tx, lane, checkpoint.epoch);
  });
}

/**
 * A key's version changes with each change of one of its rows, as `xmin` does, whichever of their columns tell a change.
 * It is a sum, because the rows of a key come in any order.
 */
function mutableRows(contract: Contract): string {
  return `SELECT "${contract.key}"::text AS key, "${contract.key}"::text AS row_id,
                 sum(hashtextextended(id::text || xmin::text, 0)) AS row_version,
                 row_number() OVER (ORDER BY min("${contract.acceptedBy[0]}"), "${contract.key}") AS nth
            FROM ${tableOf(contract)} GROUP BY "${contract.key}"`;
}

/** Rows that never change have no version. */
function appendedRows(contract: Contract): string {
  const order = contract.acceptedBy.map((column) => `"${column}"`).join(', ');
  return `SELECT "${contract.key}"::text AS key, id::text AS row_id, NULL::numeric AS row_version,
                 row_number() OVER (ORDER BY ${order}) AS nth
            FROM ${tableOf(contract)}`;
}

/** A key to work through. */
export interface SnapshotKey {
  readonly ordinal: number;
  readonly key: string;
  readonly rowId: string;
}

/** The keys behind an ordinal, in order. */
export async function keysAfter(
  tx: ModuleTx,
  executor: Executor,
  ordinal: bigint,
  limit: number,
): Promise<SnapshotKey[]> {
  return tx.query<SnapshotKey>(
    `SELECT ordinal, key, row_id AS "rowId" FROM cdc.snapshot_key
      WHERE executor = $1 AND contract = $2 AND ordinal > $3 ORDER BY ordinal LIMIT $4`,
    [executor.name, executor.contract.name, ordinal, limit],
  );
}

/** How many keys lie behind an ordinal. */
export async function keysLeft(tx: ModuleTx, executor: Executor, ordinal: bigint): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'SELECT count(*) AS count FROM cdc.snapshot_key WHERE executor = $1 AND contract = $2 AND ordinal > $3',
    [executor.name, executor.contract.name, ordinal],
  );
  return row?.count ?? 0;
}

/** How many keys each executor that catches up has yet to work through, by its name; none: it is not among them. */
export async function keysLeftByExecutor(tx: ModuleTx): Promise<Map<string, number>> {
  const rows = await tx.query<{ executor: string; count: number }>(
    `SELECT k.executor, count(*) AS count
       FROM cdc.snapshot_key k
       JOIN cdc.checkpoint p ON p.executor = k.executor AND p.stream = 'keys:' || k.contract AND p.pos < k.ordinal
      GROUP BY k.executor`,
  );
  return new Map(rows.map((row) => [row.executor, row.count]));
}

/** Drops the keys once they are worked through; gives how many there were. */
export async function forgetKeys(tx: ModuleTx, executor: Executor): Promise<number> {
  return tx.execute('DELETE FROM cdc.snapshot_key WHERE executor = $1', [executor.name]);
}
