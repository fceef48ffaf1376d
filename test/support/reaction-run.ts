import { idFrom, type ChangeKind, type Executor } from '@orderkeel/platform';
import { applyBatch, applyKeyByKey, type BatchOutcome } from '../../libs/platform/src/reaction/apply-batch.js';
import { claim, placeLane } from '../../libs/platform/src/reaction/checkpoint.store.js';
import { IncomingChange } from '../../libs/platform/src/reaction/incoming-change.js';
import { failureKind } from '../../libs/platform/src/database/sqlstate.js';
import type { MigratedDatabase } from './migrated-database.js';

/** A change that a spec hands to a reaction. */
export interface GivenChange {
  readonly key: string;
  readonly kind?: ChangeKind;
  /** The row as change events carry it; of a mutable contract the reaction must not need it. */
  readonly row?: object;
}

/** Runs an executor's reaction as the runner does: fence, parked keys, reaction, commit; key by key when that fails. */
export class ReactionRun {
  private ordinal = 0n;
  private readonly stream = `spec:${idFrom(0, Math.random())}`;

  constructor(
    private readonly db: MigratedDatabase,
    private readonly executor: Executor,
  ) {}

  /** @param xids transactions that the changes come from, which the reaction must see */
  async apply(changes: readonly GivenChange[], xids: readonly number[] = []): Promise<BatchOutcome> {
    const { database } = this.db;
    const lane = { executor: this.executor.name, stream: this.stream, part: 0 };
    const from = await database.bookkeeping(async (tx) => {
      if (this.ordinal === 0n) {
        const start = { pos: 0n, idx: 0, module: this.executor.module, kind: 'ordinal' as const, sourceId: 'spec' };
        await placeLane(tx, lane, start);
      }
      return (await claim(tx, lane, 'spec'))!;
    });
    this.ordinal += 1n;
    const incoming = changes.map((change) => this.incoming(change));
    const batch = { lane, from, to: { pos: this.ordinal, idx: 0 }, changes: incoming, xids };
    try {
      return await applyBatch(database, this.executor, batch);
    } catch (error) {
      if (failureKind(error) !== 'other') throw error;
      return applyKeyByKey(database, this.executor, batch, () => undefined);
    }
  }

  private incoming({ key, kind = 'c', row }: GivenChange): IncomingChange {
    const after = row ?? { [this.executor.contract.key]: key };
    const envelopeJson = () => JSON.stringify({ op: kind, before: null, after });
    return new IncomingChange(this.executor.contract, key, { op: kind, before: null, after, envelopeJson });
  }
}
