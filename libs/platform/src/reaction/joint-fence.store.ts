import { columnsOf, unnest, type ColumnTypes } from '../database/bulk.js';
import type { ModuleTx } from '../database/module-tx.js';
import { StaleOwner, type Checkpoint } from './checkpoint.store.js';
import type { LaneId } from './executor.js';
import type { Position } from './position.js';

/** A lane's step from one place to another. */
export interface LaneMove {
  readonly lane: LaneId;
  readonly from: Checkpoint;
  readonly to: Position;
}

interface MoveRow {
  part: number;
  fromPos: string;
  fromIdx: number;
  epoch: number;
  toPos: string;
  toIdx: number;
  offset: string | null;
  txId: number | null;
  lsn: string | null;
}

const MOVE: ColumnTypes<MoveRow> = {
  part: 'int',
  fromPos: 'numeric',
  fromIdx: 'int',
  epoch: 'bigint',
  toPos: 'numeric',
  toIdx: 'int',
  offset: 'numeric',
  txId: 'bigint',
  lsn: 'numeric',
};

/** The conditions are looked at again on rows that were waited for; in the order of their numbers, so that nobody waits in a circle. */
const JOINT_FENCE = `
  WITH held AS (
    SELECT c.part, m."toPos", m."toIdx", m."offset", m."txId", m.lsn
      FROM cdc.checkpoint c JOIN ${unnest(MOVE, 'm', 3)} USING (part)
     WHERE c.executor = $1 AND c.stream = $2
       AND c.pos = m."fromPos" AND c.idx = m."fromIdx" AND c.owner_epoch = m.epoch
     ORDER BY c.part FOR UPDATE OF c)
  UPDATE cdc.checkpoint c
     SET pos = held."toPos", idx = held."toIdx", last_offset = held."offset", last_txid = held."txId",
         last_lsn = held.lsn, batches = batches + 1, updated_at = clock_timestamp()
    FROM held WHERE c.executor = $1 AND c.stream = $2 AND c.part = held.part`;

/** The fence for lanes of one executor and stream: moves all of them, or throws StaleOwner for one that is not ours. */
export async function fenceTogether(tx: ModuleTx, moves: readonly LaneMove[]): Promise<void> {
  const [{ lane }] = moves as [LaneMove];
  const rows = moves.map(rowOf);
  const moved = await tx.execute(JOINT_FENCE, [lane.executor, lane.stream, ...columnsOf(MOVE, rows)]);
  if (moved !== moves.length) throw new StaleOwner(lane);
}

function rowOf({ lane, from, to }: LaneMove): MoveRow {
  const { offset, txId = null, lsn } = to.record ?? {};
  return {
    part: lane.part,
    fromPos: String(from.pos),
    fromIdx: from.idx,
    epoch: from.epoch,
    toPos: String(to.pos),
    toIdx: to.idx,
    offset: offset === undefined ? null : String(offset),
    txId,
    lsn: lsn == null ? null : String(lsn),
  };
}
