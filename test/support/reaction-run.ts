import { idFrom, type ChangeKind, type Executor } from '@orderkeel/platform';
import { failureKind } from '../../libs/platform/src/database/sqlstate.js';
import { readRecord } from '../../libs/platform/src/kafka-source/read-record.js';
import { applyBatch, applyKeyByKey, type BatchOutcome } from '../../libs/platform/src/reaction/apply-batch.js';
import { claim, placeLane } from '../../libs/platform/src/reaction/checkpoint.store.js';
import { IncomingChange } from '../../libs/platform/src/reaction/incoming-change.js';
import type { AppliedRecord } from '../../libs/platform/src/reaction/position.js';
import { flowStack } from './flow-connector.js';
import type { MigratedDatabase } from './migrated-database.js';

/** A change that a spec hands to a reaction. */
export interface GivenChange {
  readonly key: string;
  readonly kind?: ChangeKind;
  /** The row as change events carry it; of a mutable contract the reaction must not need it. */
  readonly row?: object;
}

/** A change on its way to the reaction; the record of a topic that brought it, where one did. */
interface Brought {
  readonly change: IncomingChange;
  readonly record?: AppliedRecord;
}

/**
 * Runs an executor's reaction as the runner does: fence, parked keys, reaction, commit; key by key when that fails. Where flows run
 * on Kafka, changes come as the bytes of records, and are read from them.
 */
export class ReactionRun {
  private next = 0n;
  private readonly stream = `spec:${idFrom(0, Math.random())}`;
  private readonly onKafka = flowStack() !== null;

  constructor(
    private readonly db: MigratedDatabase,
    private readonly executor: Executor,
  ) {}

  /** @param xids transactions that the changes come from, which the reaction must see */
  async apply(changes: readonly GivenChange[], xids: readonly number[] = []): Promise<BatchOutcome> {
    const { database } = this.db;
    const lane = { executor: this.executor.name, stream: this.stream, part: 0 };
    const from = await database.bookkeeping(async (tx) => {
      if (this.next === 0n) {
        const kind = this.onKafka ? ('offset' as const) : ('ordinal' as const);
        const start = { pos: 0n, idx: 0, module: this.executor.module, kind, sourceId: 'spec' };
        await placeLane(tx, lane, start);
      }
      return (await claim(tx, lane, 'spec'))!;
    });
    const brought = changes.map((change) => this.bring(change));
    // The mark of the end of Kafka's transaction has an offset, too.
    this.next += 1n;
    const to = { pos: this.next, idx: 0, record: brought.at(-1)?.record };
    const batch = { lane, from, to, changes: brought.map(({ change }) => change), xids };
    try {
      return await applyBatch(database, this.executor, batch);
    } catch (error) {
      if (failureKind(error) !== 'other') throw error;
      return applyKeyByKey(database, this.executor, batch, () => undefined);
    }
  }

  private bring({ key, kind = 'c', row }: GivenChange): Brought {
    const { contract } = this.executor;
    const content = { op: kind, before: null, after: row ?? { [contract.key]: key } };
    if (!this.onKafka) {
      const envelopeJson = () => JSON.stringify(content);
      return { change: new IncomingChange(contract, key, { ...content, envelopeJson }) };
    }
    const offset = this.next++;
    const event = readRecord(contract, {
      key: Buffer.from(JSON.stringify({ [contract.key]: key })),
      value: Buffer.from(JSON.stringify({ ...content, source: { txId: 1, lsn: Number(offset), ts_ms: 0 } })),
      offset: String(offset),
      timestamp: '0',
      attributes: 0,
      headers: {},
    })!;
    return { change: new IncomingChange(contract, event.key!, event), record: event.record };
  }
}
