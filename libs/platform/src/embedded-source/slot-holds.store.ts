import type { ModuleTx } from '../database/module-tx.js';

/** An executor that needs what the slot keeps, from an LSN on. */
export interface SlotHold {
  readonly executor: string;
  readonly from: bigint;
}

/** An executor that holds the slot no more. */
export interface LetGo {
  readonly executor: string;
  /** It stays held, and reads the tables when it is resumed. */
  readonly held: boolean;
}

/**
 * Who needs what the slot keeps, as far as the database knows: where the stream of one that runs or is paused continues,
 * and the floor of one that catches up. Disabled executors, and those that will read the tables anyway, need nothing.
 */
export async function readHolds(tx: ModuleTx, slot: string): Promise<SlotHold[]> {
  const rows = await tx.query<{ executor: string; from: string }>(
    `SELECT executor, min("from") AS "from"
       FROM (SELECT c.executor, CASE WHEN c.state IN ('ONBOARDING', 'SNAPSHOTTING') THEN c.floor_pos ELSE p.pos END AS "from"
               FROM cdc.consumer c LEFT JOIN cdc.checkpoint p ON p.executor = c.executor AND p.stream = $1
              WHERE c.state IN ('RUNNING', 'PAUSED', 'ONBOARDING', 'SNAPSHOTTING')) AS hold
      WHERE "from" IS NOT NULL GROUP BY executor`,
    [slot],
  );
  return rows.map(({ executor, from }) => ({ executor, from: BigInt(from) }));
}

/** From here on an executor reads the tables; one that a person or a failure has stopped does so when it is resumed. */
const READ_TABLES = `state = 'NEEDS_SNAPSHOT', floor_pos = NULL, snapshot_pos = NULL, state_since = clock_timestamp()`;

/**
 * Executors that hold the slot below this LSN let go, except those that are known to come on (`advancing`): whoever runs
 * them, and also when nobody does (reliability 3.6, 3.7).
 */
export async function letGoBelow(
  tx: ModuleTx,
  slot: string,
  limit: bigint,
  advancing: readonly string[],
): Promise<LetGo[]> {
  return tx.query<LetGo>(
    `UPDATE cdc.consumer c SET ${READ_TABLES}, reason = CASE WHEN held THEN reason ELSE 'it held back too much WAL' END
      WHERE NOT executor = ANY($3)
        AND (state IN ('ONBOARDING', 'SNAPSHOTTING') AND floor_pos < $2
             OR state IN ('RUNNING', 'PAUSED') AND EXISTS (SELECT FROM cdc.checkpoint p
                  WHERE p.executor = c.executor AND p.stream = $1 AND p.pos < $2))
     RETURNING executor, held`,
    [slot, limit, advancing],
  );
}

/**
 * Executors that need something below the LSN at which the slot begins have lost it; all of them when the slot was made
 * anew, or is another server's. Gives their names.
 */
export async function letGoPassed(tx: ModuleTx, slot: string, begins: bigint, all: boolean): Promise<string[]> {
  const rows = await tx.query<{ executor: string }>(
    `UPDATE cdc.consumer c SET ${READ_TABLES}, reason = concat_ws('; ', CASE WHEN held THEN reason END, $4::text)
      WHERE state IN ('RUNNING', 'PAUSED', 'ONBOARDING', 'SNAPSHOTTING')
        AND ($3 OR CASE WHEN state IN ('RUNNING', 'PAUSED')
                   THEN EXISTS (SELECT FROM cdc.checkpoint p
                                 WHERE p.executor = c.executor AND p.stream = $1 AND p.pos < $2)
                   ELSE snapshot_pos < $2 END)
     RETURNING executor`,
    [slot, begins, all, 'the slot has passed its position'],
  );
  return rows.map((row) => row.executor);
}

/**
 * Who should run, now or once it is resumed, and has no place in this slot's stream: it has followed topics, or the slot
 * has another name now. Gives their names.
 */
export async function letGoPlaceless(tx: ModuleTx, slot: string): Promise<string[]> {
  const rows = await tx.query<{ executor: string }>(
    `UPDATE cdc.consumer c SET ${READ_TABLES}, reason = concat_ws('; ', CASE WHEN held THEN reason END, $2::text)
      WHERE state IN ('RUNNING', 'PAUSED') AND executor <> module
        AND NOT EXISTS (SELECT FROM cdc.checkpoint p WHERE p.executor = c.executor AND p.stream = $1)
     RETURNING executor`,
    [slot, 'it has no position in this slot'],
  );
  return rows.map((row) => row.executor);
}
