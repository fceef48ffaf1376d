import type { ModuleTx } from '../database/module-tx.js';
import type { LaneId } from './executor.js';
import type { Position } from './position.js';

/** A lane's place, as the owner of an epoch knows it. */
export interface Checkpoint extends Position {
  readonly epoch: number;
}

/** The code of StaleOwner. */
export const STALE_OWNER = 'stale-owner';

/** Somebody else owns the lane, or has moved it: drop the batch and read the checkpoint again. */
export class StaleOwner extends Error {
  readonly code = STALE_OWNER;

  constructor(readonly lane: LaneId) {
    super(`${lane.executor}, lane ${lane.part} of ${lane.stream}, is owned by another process or has moved`);
  }
}

/** The fence: moves the checkpoint if it is still what we think it is; the row lock makes a zombie wait and then fail. */
export async function fence(tx: ModuleTx, lane: LaneId, from: Checkpoint, to: Position): Promise<void> {
  const moved = await tx.execute(
    `UPDATE cdc.checkpoint SET pos = $4, idx = $5, last_offset = $9, last_txid = $10, last_lsn = $11,
            batches = batches + 1, updated_at = clock_timestamp()
      WHERE executor = $1 AND stream = $2 AND part = $3 AND pos = $6 AND idx = $7 AND owner_epoch = $8`,
    [lane.executor, lane.stream, lane.part, to.pos, to.idx, from.pos, from.idx, from.epoch, ...recordColumns(to)],
  );
  if (moved !== 1) throw new StaleOwner(lane);
}

function recordColumns({ record }: Position): (bigint | number | null)[] {
  return [record?.offset ?? null, record?.txId ?? null, record?.lsn ?? null];
}

/** A lane's place as a query gives it. */
export interface CheckpointRow {
  readonly pos: string;
  readonly idx: number;
  readonly epoch: number;
  readonly offset: string | null;
  readonly txId: number | null;
  readonly lsn: string | null;
}

/** The columns of a CheckpointRow. */
export const CHECKPOINT_COLUMNS = `pos, idx, owner_epoch AS epoch, last_offset AS "offset", last_txid AS "txId", last_lsn AS lsn`;

/** Reads a place out of its columns. */
export function checkpointOf({ pos, idx, epoch, offset, txId, lsn }: CheckpointRow): Checkpoint {
  const at = { pos: BigInt(pos), idx, epoch };
  return offset === null
    ? at
    : { ...at, record: { offset: BigInt(offset), txId, lsn: lsn === null ? null : BigInt(lsn) } };
}

/** Takes a lane over: raises its epoch, so that the former owner's next batch fails, and gives its place. */
export async function claim(tx: ModuleTx, lane: LaneId, owner: string): Promise<Checkpoint | null> {
  const [row] = await tx.query<CheckpointRow>(
    `UPDATE cdc.checkpoint SET owner_epoch = owner_epoch + 1, owner = $4, updated_at = clock_timestamp()
      WHERE executor = $1 AND stream = $2 AND part = $3
      RETURNING ${CHECKPOINT_COLUMNS}`,
    [lane.executor, lane.stream, lane.part, owner],
  );
  return row ? checkpointOf(row) : null;
}

/** Reads a lane's place without taking it over; for a commit whose outcome is not known. */
export async function readCheckpoint(tx: ModuleTx, lane: LaneId): Promise<Checkpoint | null> {
  const [row] = await tx.query<CheckpointRow>(
    `SELECT ${CHECKPOINT_COLUMNS} FROM cdc.checkpoint WHERE executor = $1 AND stream = $2 AND part = $3`,
    [lane.executor, lane.stream, lane.part],
  );
  return row ? checkpointOf(row) : null;
}

/** Where a new lane starts. */
export interface LaneStart extends Position {
  readonly module: string;
  readonly kind: 'lsn' | 'offset' | 'ordinal';
  /** What the position belongs to: system identifier and timeline, or a Kafka cluster and topic. */
  readonly sourceId: string;
}

/**
 * Throws StaleOwner unless the lane is still ours; until the transaction ends it stays so. For steps that write more
 * than a batch does: a catch-up's.
 */
export async function assertOwned(tx: ModuleTx, lane: LaneId, epoch: number): Promise<void> {
  const held = await tx.query(
    `SELECT 1 FROM cdc.checkpoint WHERE executor = $1 AND stream = $2 AND part = $3 AND owner_epoch = $4 FOR UPDATE`,
    [lane.executor, lane.stream, lane.part, epoch],
  );
  if (held.length !== 1) throw new StaleOwner(lane);
}

/**
 * Makes a lane, or puts an existing one to another place (after a catch-up); gives nobody the epoch. A new lane's epoch
 * begins above all that the executor ever had, so that no former owner of a lane of that number comes back.
 */
export async function placeLane(tx: ModuleTx, lane: LaneId, start: LaneStart): Promise<void> {
  await tx.execute(
    `INSERT INTO cdc.checkpoint (executor, stream, part, module, pos_kind, pos, idx, source_id, owner_epoch, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
             (SELECT COALESCE(max(owner_epoch), 0) + 1 FROM cdc.checkpoint WHERE executor = $1), clock_timestamp())
     ON CONFLICT (executor, stream, part) DO UPDATE
       SET pos = excluded.pos, idx = excluded.idx, source_id = excluded.source_id, pos_kind = excluded.pos_kind,
           last_offset = NULL, last_txid = NULL, last_lsn = NULL, owner_epoch = excluded.owner_epoch, updated_at = excluded.updated_at`,
    [lane.executor, lane.stream, lane.part, start.module, start.kind, start.pos, start.idx, start.sourceId],
  );
}

/** A lane as it is stored. */
export interface StoredLane {
  readonly part: number;
  readonly pos: bigint;
  readonly idx: number;
  readonly sourceId: string;
}

/** An executor's lanes in a stream, by number; their rows stay locked. */
export async function lockLanes(tx: ModuleTx, executor: string, stream: string): Promise<StoredLane[]> {
  const rows = await tx.query<Omit<StoredLane, 'pos'> & { pos: string }>(
    `SELECT part, pos, idx, source_id AS "sourceId" FROM cdc.checkpoint
      WHERE executor = $1 AND stream = $2 ORDER BY part FOR UPDATE`,
    [executor, stream],
  );
  return rows.map((row) => ({ ...row, pos: BigInt(row.pos) }));
}

/** Forgets all lanes of an executor but the first ones of a stream. */
export async function dropOtherLanes(tx: ModuleTx, executor: string, stream: string, lanes: number): Promise<void> {
  await tx.execute('DELETE FROM cdc.checkpoint WHERE executor = $1 AND NOT (stream = $2 AND part < $3)', [
    executor,
    stream,
    lanes,
  ]);
}

/** Forgets an executor's lanes in a stream from this number on. */
export async function dropLanesFrom(tx: ModuleTx, executor: string, stream: string, part: number): Promise<void> {
  await tx.execute('DELETE FROM cdc.checkpoint WHERE executor = $1 AND stream = $2 AND part >= $3', [
    executor,
    stream,
    part,
  ]);
}

/** Forgets all lanes of an executor but those in this stream. */
export async function dropOtherStreams(tx: ModuleTx, executor: string, stream: string): Promise<void> {
  await tx.execute('DELETE FROM cdc.checkpoint WHERE executor = $1 AND stream <> $2', [executor, stream]);
}
