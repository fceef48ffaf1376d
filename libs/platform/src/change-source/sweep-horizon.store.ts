import type { ModuleTx } from '../database/module-tx.js';

/** A change that was made before the horizon may have been committed after the look; seconds. */
const OVERLAP_S = 300;

/** What was looked at, as far as it can be true: a horizon that lies ahead is of a clock that ran ahead, and says nothing. */
const CREDIBLE = 'CASE WHEN verified_before <= now() THEN verified_before END';

/**
 * From where on an executor's causes have not all been seen to have their effects; 1970 when nobody has looked yet, or
 * nobody knows until when.
 */
export async function readHorizon(tx: ModuleTx, executor: string): Promise<string> {
  const [row] = await tx.query<{ from: string }>(
    `SELECT greatest(${CREDIBLE} - make_interval(secs => $2), timestamptz 'epoch') AS "from"
       FROM cdc.consumer WHERE executor = $1`,
    [executor, OVERLAP_S],
  );
  return row!.from;
}

/** All that was changed before has its effects; never more than has passed by the database's clock. */
export async function moveHorizon(tx: ModuleTx, executor: string, before: string): Promise<void> {
  await tx.execute(
    `UPDATE cdc.consumer SET verified_before = least(greatest(${CREDIBLE}, $2), now()) WHERE executor = $1`,
    [executor, before],
  );
}
