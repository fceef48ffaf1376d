import type { ModuleTx } from '../database/module-tx.js';

/** A change that was made before the horizon may have been committed after the look; seconds. */
const OVERLAP_S = 300;

/** From where on an executor's causes have not all been seen to have their effects; 1970 when nobody has looked yet. */
export async function readHorizon(tx: ModuleTx, executor: string): Promise<string> {
  const [row] = await tx.query<{ from: string }>(
    `SELECT greatest(verified_before - make_interval(secs => $2), timestamptz 'epoch') AS "from"
       FROM cdc.consumer WHERE executor = $1`,
    [executor, OVERLAP_S],
  );
  return row!.from;
}

/** All that was changed before has its effects. */
export async function moveHorizon(tx: ModuleTx, executor: string, before: string): Promise<void> {
  await tx.execute('UPDATE cdc.consumer SET verified_before = greatest(verified_before, $2) WHERE executor = $1', [
    executor,
    before,
  ]);
}
