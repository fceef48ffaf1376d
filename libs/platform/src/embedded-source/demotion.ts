import type { ModuleTx } from '../database/module-tx.js';

/** An executor that holds the slot no more. */
interface Demoted {
  readonly executor: string;
  /** A paused one stays paused, and reads the tables when it is resumed. */
  readonly wasPaused: boolean;
}

/**
 * Executors that hold the slot below this LSN without reading the stream, paused ones and those that catch up, let go
 * and read the tables again (reliability 3.6, 3.7).
 */
export async function demoteBelow(tx: ModuleTx, slot: string, limit: bigint): Promise<Demoted[]> {
  return tx.query<{ executor: string; wasPaused: boolean }>(
    `UPDATE cdc.consumer c SET state = 'NEEDS_SNAPSHOT', floor_pos = NULL, snapshot_pos = NULL,
            reason = CASE o.state WHEN 'PAUSED' THEN 'paused: ' || COALESCE(o.reason, 'by hand') END,
            state_since = clock_timestamp()
       FROM cdc.consumer o
      WHERE o.executor = c.executor
        AND (c.state = 'SNAPSHOTTING' AND c.floor_pos < $2
             OR c.state = 'PAUSED' AND EXISTS (SELECT FROM cdc.checkpoint p
                  WHERE p.executor = c.executor AND p.stream = $1 AND p.pos < $2))
     RETURNING c.executor, o.state = 'PAUSED' AS "wasPaused"`,
    [slot, limit],
  );
}
