import type { ModuleTx } from '../database/module-tx.js';
import { assertOwned, claim, placeLane, StaleOwner, type Checkpoint } from '../reaction/checkpoint.store.js';
import { moveConsumer, readConsumers, type ConsumerState, type Transition } from '../reaction/consumer.store.js';
import type { Executor, LaneId } from '../reaction/executor.js';

/** An executor that catches up, and the lane of its keys, owned by this process. */
export interface Onboarding {
  readonly executor: Executor;
  readonly lane: LaneId;
  /** How far its keys were worked through when this process took it over. */
  readonly checkpoint: Checkpoint;
  readonly state: ConsumerState;
}

/**
 * Takes the catch-up of these executors over, so that a former owner's next step fails. One that another source has begun
 * begins anew: it knows where that one's stream continues, and not where this one's does.
 */
export async function claimKeys(
  tx: ModuleTx,
  executors: readonly Executor[],
  owner: string,
  sourceId: string,
): Promise<Onboarding[]> {
  const claimed: Onboarding[] = [];
  for (const executor of executors) {
    const lane = { executor: executor.name, stream: `keys:${executor.contract.name}`, part: 0 };
    if (await handOver(tx, lane, sourceId)) await beginAnew(tx, executor);
    let checkpoint = await claim(tx, lane, owner);
    if (!checkpoint) {
      await placeLane(tx, lane, { pos: 0n, idx: 0, module: executor.module, kind: 'ordinal', sourceId });
      checkpoint = (await claim(tx, lane, owner))!;
    }
    claimed.push({ executor, lane, checkpoint, state: 'NEEDS_SNAPSHOT' });
  }
  // Read behind the claims: nobody else moves these executors on from here.
  const consumers = await readConsumers(tx);
  return claimed.map((each) => ({ ...each, state: consumers.get(each.executor.name)?.state ?? each.state }));
}

/** Lets the keys' lane belong to this source; its ordinals mean the same to all. False: it did, or does not exist. */
async function handOver(tx: ModuleTx, { executor, stream, part }: LaneId, sourceId: string): Promise<boolean> {
  const handed = await tx.execute(
    'UPDATE cdc.checkpoint SET source_id = $4 WHERE executor = $1 AND stream = $2 AND part = $3 AND source_id <> $4',
    [executor, stream, part, sourceId],
  );
  return handed === 1;
}

/** What was worked through stays known, so the new round is short. */
async function beginAnew(tx: ModuleTx, { name }: Executor): Promise<void> {
  const to: Transition = { state: 'NEEDS_SNAPSHOT', reason: 'another source had begun its catch-up' };
  await moveConsumer(tx, name, to, ['ONBOARDING', 'SNAPSHOTTING']);
}

/**
 * The keys are about to be copied; a slot that keeps the changes since holds this floor from now on. What an earlier round
 * worked through stays known, so that only what has changed since without anybody looking is copied again.
 */
export async function beginCopying(tx: ModuleTx, onboarding: Onboarding, floor?: bigint): Promise<void> {
  const to: Transition = { state: 'ONBOARDING', ...(floor !== undefined && { floor }) };
  await advance(tx, onboarding, to, ['NEEDS_SNAPSHOT', 'ONBOARDING']);
}

/** The keys are copied: they are worked through from here on. `at` is where a slot's stream continues behind them. */
export async function beginWorking(
  tx: ModuleTx,
  onboarding: Onboarding,
  at?: { readonly floor: bigint; readonly snapshotPos: bigint },
): Promise<void> {
  await advance(tx, onboarding, { state: 'SNAPSHOTTING', ...at }, ['ONBOARDING']);
}

/** The keys are worked through: the executor follows the stream. */
export async function beginFollowing(tx: ModuleTx, onboarding: Onboarding): Promise<void> {
  await advance(tx, onboarding, { state: 'RUNNING' }, ['SNAPSHOTTING']);
}

/** A step of the catch-up, refused when another process has taken it over, or a person or a switch has stopped it. */
async function advance(
  tx: ModuleTx,
  { executor, lane, checkpoint }: Onboarding,
  to: Transition,
  from: readonly ConsumerState[],
): Promise<void> {
  await assertOwned(tx, lane, checkpoint.epoch);
  if (!(await moveConsumer(tx, executor.name, to, from))) throw new StaleOwner(lane);
}
