import type { ModuleTx } from '../database/module-tx.js';

/** How far the slot was acknowledged by us; null before the first time. */
export async function readAck(tx: ModuleTx, slot: string): Promise<{ upTo: bigint; sourceId: string } | null> {
  const [row] = await tx.query<{ upTo: string; sourceId: string }>(
    'SELECT acked_upto AS "upTo", source_id AS "sourceId" FROM cdc.ack WHERE slot = $1',
    [slot],
  );
  return row ? { upTo: BigInt(row.upTo), sourceId: row.sourceId } : null;
}

/** A lane that has nothing waiting and moves along with the acknowledgement. */
export interface IdleMove {
  readonly executor: string;
  readonly part: number;
  readonly pos: bigint;
  readonly idx: number;
  readonly epoch: number;
}

/**
 * Writes down what will be acknowledged, and moves the idle lanes there, in one statement and before the slot hears of
 * it: otherwise an idle lane would look like a gap after a restart, or a gap like an idle lane (reliability 3.4). On one
 * server it never goes back: a process that has lost the slot and does not know it yet must not lower it.
 */
export async function writeAck(
  tx: ModuleTx,
  ack: { slot: string; upTo: bigint; sourceId: string },
  idle: { lanes: readonly IdleMove[]; to: bigint },
): Promise<void> {
  const column = <K extends keyof IdleMove>(name: K) => idle.lanes.map((lane) => lane[name]);
  await tx.execute(
    `WITH moved AS (
       UPDATE cdc.checkpoint c SET pos = $9, idx = 0, updated_at = clock_timestamp()
         FROM unnest($4::text[], $5::int[], $6::numeric[], $7::int[], $8::bigint[]) AS l(executor, part, pos, idx, epoch)
        WHERE c.executor = l.executor AND c.stream = $1 AND c.part = l.part AND c.pos = l.pos AND c.idx = l.idx
          AND c.owner_epoch = l.epoch)
     INSERT INTO cdc.ack (slot, acked_upto, source_id, updated_at) VALUES ($1, $2, $3, clock_timestamp())
     ON CONFLICT (slot) DO UPDATE
       SET acked_upto = CASE WHEN ack.source_id = excluded.source_id THEN GREATEST(ack.acked_upto, excluded.acked_upto)
                             ELSE excluded.acked_upto END, source_id = excluded.source_id,
       updated_at = excluded.updated_at`,
    [
      ack.slot,
      ack.upTo,
      ack.sourceId,
      column('executor'),
      column('part'),
      column('pos').map(String),
      column('idx'),
      column('epoch'),
      idle.to,
    ],
  );
}
