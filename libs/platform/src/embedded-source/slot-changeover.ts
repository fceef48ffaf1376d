import type { BeginWorking, Changeover } from '../catch-up/changeover.js';
import { beginCopying, beginFollowing, beginWorking, type Onboarding } from '../catch-up/onboarding.store.js';
import type { SourceContext } from '../change-source/source-context.js';
import type { ModuleTx } from '../database/module-tx.js';
import { dropOtherLanes, placeLane, StaleOwner } from '../reaction/checkpoint.store.js';
import { readConsumers } from '../reaction/consumer.store.js';
import { endOfWal } from './slot.js';

/** The slot's acknowledgement, as far as a catch-up must hold it back. */
interface Acknowledgement {
  /** Takes the floors into account that were just written. */
  refresh(): Promise<void>;
}

/** Changes over to the slot's stream: a floor holds it while keys are copied, and it continues at the snapshot's point. */
export class SlotChangeover implements Changeover {
  constructor(
    private readonly context: SourceContext,
    readonly sourceId: string,
    private readonly acknowledgement: Acknowledgement,
  ) {}

  /**
   * The floor is the end of the log, which no acknowledgement can have passed, and not the slot's place, which may be far
   * behind by somebody else's doing.
   */
  async hold(uncopied: readonly Onboarding[]): Promise<BeginWorking> {
    const floor = await this.context.db.bookkeeping(async (tx) => {
      const end = await endOfWal(tx);
      for (const each of uncopied) await beginCopying(tx, each, end);
      return end;
    });
    await this.acknowledgement.refresh();
    return (tx, onboarding, snapshotPos) => beginWorking(tx, onboarding, { floor, snapshotPos });
  }

  async follow(tx: ModuleTx, onboarding: Onboarding): Promise<void> {
    const { executor } = onboarding;
    const { slot } = this.context.settings;
    const snapshotPos = (await readConsumers(tx)).get(executor.name)?.snapshotPos;
    await beginFollowing(tx, onboarding);
    if (snapshotPos == null) throw new StaleOwner(onboarding.lane);
    const start = { pos: snapshotPos, idx: 0, module: executor.module, sourceId: this.sourceId };
    for (let part = 0; part < executor.lanes; part += 1) {
      await placeLane(tx, { executor: executor.name, stream: slot, part }, { ...start, kind: 'lsn' });
    }
    await dropOtherLanes(tx, executor.name, slot, executor.lanes);
  }
}
