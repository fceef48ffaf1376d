import type { ModuleTx } from '../database/module-tx.js';
import {
  assertOwned,
  claim,
  dropOtherLanes,
  placeLane,
  StaleOwner,
  type Checkpoint,
} from '../reaction/checkpoint.store.js';
import { moveConsumer, readConsumers, type ConsumerState, type Transition } from '../reaction/consumer.store.js';
import type { Executor, LaneId } from '../reaction/executor.js';
import { forgetKeys, forgetWorkedThrough } from './catch-up-keys.js';

/** An executor that catches up, and the lane of its keys, owned by this process. */
export interface Onboarding {
  readonly executor: Executor;
  readonly lane: LaneId;
  /** How far its keys were worked through when this process took it over. */
  readonly checkpoint: Checkpoint;
  readonly state: ConsumerState;
}

/** Takes the catch-up of these executors over, so that a former owner's next step fails. */
export async function claimKeys(
  tx: ModuleTx,
  executors: readonly Executor[],
  owner: string,
  sourceId: string,
): Promise<Onboarding[]> {
  const claimed: Onboarding[] = [];
  for (const executor of executors) {
    const lane = { executor: executor.name, stream: `keys:${executor.contract.name}`, part: 0 };
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

/**
 * The slot holds this floor from now on. Keys of a mutable contract that an earlier catch-up worked through may have
 * changed since without anybody looking, so they are copied again.
 */
export async function beginCopying(tx: ModuleTx, onboarding: Onboarding, floor: bigint): Promise<void> {
  await advance(tx, onboarding, { state: 'ONBOARDING', floor }, ['NEEDS_SNAPSHOT', 'ONBOARDING']);
  const { executor, checkpoint } = onboarding;
  if (executor.contract.mutable) await forgetWorkedThrough(tx, executor, checkpoint.pos);
}

/** The keys are copied; the stream continues at this point once they are worked through. */
export async function beginWorking(
  tx: ModuleTx,
  onboarding: Onboarding,
  floor: bigint,
  snapshotPos: bigint,
): Promise<void> {
  await advance(tx, onboarding, { state: 'SNAPSHOTTING', floor, snapshotPos }, ['ONBOARDING']);
}

/** The keys are worked through: its lanes begin where the snapshot ended. Gives how many keys there were. */
export async function follow(tx: ModuleTx, onboarding: Onboarding, stream: string, sourceId: string): Promise<number> {
  const { executor } = onboarding;
  const snapshotPos = (await readConsumers(tx)).get(executor.name)?.snapshotPos;
  await advance(tx, onboarding, { state: 'RUNNING' }, ['SNAPSHOTTING']);
  if (snapshotPos == null) throw new StaleOwner(onboarding.lane);
  const start = { pos: snapshotPos, idx: 0, module: executor.module, sourceId };
  for (let part = 0; part < executor.lanes; part += 1) {
    await placeLane(tx, { executor: executor.name, stream, part }, { ...start, kind: 'lsn' });
  }
  await dropOtherLanes(tx, executor.name, stream, executor.lanes);
  return forgetKeys(tx, executor);
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
