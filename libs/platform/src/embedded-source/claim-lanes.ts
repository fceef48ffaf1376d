import type { ModuleTx } from '../database/module-tx.js';
import {
  claim,
  dropLanesFrom,
  lockLanes,
  placeLane,
  type Checkpoint,
  type StoredLane,
} from '../reaction/checkpoint.store.js';
import type { Executor, LaneId } from '../reaction/executor.js';

/** A lane and its place, owned by this process. */
export interface ClaimedLane {
  readonly lane: LaneId;
  readonly checkpoint: Checkpoint;
}

/**
 * Takes an executor's lanes over. A changed number of lanes gives keys to other lanes, so it takes effect only where
 * all stand at the same place with nothing applied in part, as after a stop in order; elsewhere the old number stays.
 */
export async function claimLanes(
  tx: ModuleTx,
  executor: Executor,
  stream: string,
  owner: string,
): Promise<ClaimedLane[]> {
  const rows = await lockLanes(tx, executor.name, stream);
  const parts = await settledParts(tx, executor, stream, rows);
  const claimed: ClaimedLane[] = [];
  for (const part of parts) {
    const lane = { executor: executor.name, stream, part };
    claimed.push({ lane, checkpoint: (await claim(tx, lane, owner))! });
  }
  return claimed;
}

async function settledParts(
  tx: ModuleTx,
  executor: Executor,
  stream: string,
  rows: readonly StoredLane[],
): Promise<number[]> {
  const first = rows[0];
  const alike = rows.every((row) => row.pos === first?.pos && row.idx === 0);
  if (!first || rows.length === executor.lanes || !alike) return rows.map((row) => row.part);
  const parts = Array.from({ length: executor.lanes }, (_, part) => part);
  const start = { pos: first.pos, idx: 0, module: executor.module, sourceId: first.sourceId };
  for (const part of parts) await placeLane(tx, { executor: executor.name, stream, part }, { ...start, kind: 'lsn' });
  await dropLanesFrom(tx, executor.name, stream, executor.lanes);
  return parts;
}
