import type { Database } from '../database/database.js';
import type { ModuleTx } from '../database/module-tx.js';
import type { StreamLog } from '../reaction/stream-log.js';
import { readAck, writeAck } from './slot.js';

/** What the slot says of itself at the start of a reign. */
interface SlotStart {
  readonly slot: string;
  readonly confirmed: bigint;
  /** Set when the slot was just made: all that was committed before is not in it. */
  readonly madeAt: bigint | null;
  readonly sourceId: string;
}

/**
 * A slot that stands behind what we acknowledged, or on another server than our positions, has lost changes: the
 * executors whose place it has passed read the tables again (reliability F4, 3.4).
 */
export async function refuseGaps(db: Database, start: SlotStart, log: StreamLog): Promise<void> {
  const passed = await db.bookkeeping(async (tx) => {
    const ack = await readAck(tx, start.slot);
    const otherServer = ack !== null && ack.sourceId !== start.sourceId;
    const gap = otherServer || start.madeAt !== null || start.confirmed > (ack?.upTo ?? -1n);
    if (!gap) return [];
    const rows = await tx.query<{ executor: string }>(
      `UPDATE cdc.consumer c
          SET reason = CASE state WHEN 'PAUSED' THEN 'paused: ' || COALESCE(reason, '') || '; ' ELSE '' END || $4,
              state = 'NEEDS_SNAPSHOT', floor_pos = NULL, snapshot_pos = NULL, state_since = clock_timestamp()
        WHERE state IN ('RUNNING', 'PAUSED', 'ONBOARDING', 'SNAPSHOTTING')
          AND ($3 OR CASE WHEN state IN ('RUNNING', 'PAUSED')
                     THEN EXISTS (SELECT FROM cdc.checkpoint p
                                   WHERE p.executor = c.executor AND p.stream = $1 AND p.pos < $2)
                     ELSE snapshot_pos < $2 END)
       RETURNING executor`,
      [start.slot, start.confirmed, otherServer || start.madeAt !== null, 'the slot has passed its position'],
    );
    await writeAck(tx, { slot: start.slot, upTo: start.confirmed, sourceId: start.sourceId }, { lanes: [], to: 0n });
    return rows.map((row) => row.executor);
  });
  if (passed.length > 0) log.gap(passed);
  const placeless = await db.bookkeeping((tx) => demotePlaceless(tx, start.slot));
  if (placeless.length > 0) log.catchingUp(placeless);
}

/** Who should run and has no place in this slot's stream (the slot has another name now) reads the tables again. */
async function demotePlaceless(tx: ModuleTx, slot: string): Promise<string[]> {
  const rows = await tx.query<{ executor: string }>(
    `UPDATE cdc.consumer c SET state = 'NEEDS_SNAPSHOT', reason = 'it has no position in this slot',
            state_since = clock_timestamp()
      WHERE state = 'RUNNING' AND executor <> module
        AND NOT EXISTS (SELECT FROM cdc.checkpoint p WHERE p.executor = c.executor AND p.stream = $1)
     RETURNING executor`,
    [slot],
  );
  return rows.map((row) => row.executor);
}
