import type { ModuleTx } from '../database/module-tx.js';
import {
  checkpointOf,
  CHECKPOINT_COLUMNS,
  dropLanesFrom,
  placeLane,
  type Checkpoint,
  type CheckpointRow,
} from '../reaction/checkpoint.store.js';
import type { Executor } from '../reaction/executor.js';
import type { PartitionReach } from './topic-ends.js';

/** A partition's place, owned by this process. */
export interface ClaimedPartition {
  readonly part: number;
  readonly checkpoint: Checkpoint;
}

/** Takes partitions over that Kafka has assigned to this process, so that a former owner's next batch fails. */
export async function claimPartitions(
  tx: ModuleTx,
  { executor, topic, parts, owner }: { executor: string; topic: string; parts: readonly number[]; owner: string },
): Promise<ClaimedPartition[]> {
  const rows = await tx.query<CheckpointRow & { part: number }>(
    `WITH held AS (SELECT executor, stream, part FROM cdc.checkpoint
                    WHERE executor = $1 AND stream = $2 AND part = ANY($3) ORDER BY part FOR UPDATE)
     UPDATE cdc.checkpoint c SET owner_epoch = owner_epoch + 1, owner = $4, updated_at = clock_timestamp()
       FROM held WHERE (c.executor, c.stream, c.part) = (held.executor, held.stream, held.part)
     RETURNING c.part, ${CHECKPOINT_COLUMNS}`,
    [executor, topic, parts, owner],
  );
  return rows.map((row) => ({ part: row.part, checkpoint: checkpointOf(row) }));
}

/** How far an executor has come in a topic, and when it last came on. */
export interface TopicPlace {
  readonly executor: string;
  readonly part: number;
  readonly pos: bigint;
  readonly sourceId: string;
  /** Milliseconds since 1970. */
  readonly movedAtMs: number;
}

/** The places of all executors in these topics, whichever process has them. */
export async function readPlaces(tx: ModuleTx, topics: readonly string[]): Promise<TopicPlace[]> {
  const rows = await tx.query<Omit<TopicPlace, 'pos'> & { pos: string }>(
    `SELECT executor, part, pos, source_id AS "sourceId", (extract(epoch FROM updated_at) * 1000)::bigint AS "movedAtMs"
       FROM cdc.checkpoint WHERE stream = ANY($1) ORDER BY executor, part`,
    [topics],
  );
  return rows.map((row) => ({ ...row, pos: BigInt(row.pos) }));
}

/** Puts an executor's places to the ends of a topic's partitions, and forgets those of partitions that are not there. */
export async function placeAtEnds(
  tx: ModuleTx,
  { name, module }: Executor,
  topic: string,
  sourceId: string,
  ends: readonly PartitionReach[],
): Promise<void> {
  for (const { part, end } of ends) {
    const start = { pos: end, idx: 0, module, kind: 'offset' as const, sourceId };
    await placeLane(tx, { executor: name, stream: topic, part }, start);
  }
  await dropLanesFrom(tx, name, topic, ends.length);
}
