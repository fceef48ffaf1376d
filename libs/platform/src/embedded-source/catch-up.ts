import { exportSnapshot } from '../change-stream/replication/create-slot.js';
import { Backoff } from '../reaction/backoff.js';
import { placeLane } from '../reaction/checkpoint.store.js';
import { moveConsumer, type Consumer } from '../reaction/consumer.store.js';
import type { Executor } from '../reaction/executor.js';
import { isHeldBack } from './acknowledger.js';
import { copyKeys, forgetKeys } from './catch-up-keys.js';
import { workThroughKeys } from './catch-up-work.js';
import type { SourceContext } from './embedded-source.js';

/**
 * Brings executors that start for the first time, or again, up to the stream without a gap and without a double effect
 * (reliability 3.6): hold the slot, copy the keys inside an exported snapshot, end the snapshot, work the keys through
 * oldest first, then follow the stream from the snapshot's point on. Every step can be repeated after a kill.
 */
export class CatchUp {
  private working: Promise<void> = Promise.resolve();
  private readonly abort = new AbortController();

  constructor(
    private readonly context: SourceContext,
    private readonly sourceId: string,
    /** What the slot was told last: the next floor. */
    private readonly acknowledged: () => bigint,
    /** Takes the floors into account that were just written. */
    private readonly holdSlot: () => Promise<void>,
    private readonly restartStream: () => void,
  ) {}

  start(consumers: ReadonlyMap<string, Consumer>): void {
    const waiting = this.context.executors.filter((executor) => {
      const consumer = consumers.get(executor.name);
      return (
        consumer && ['NEEDS_SNAPSHOT', 'ONBOARDING', 'SNAPSHOTTING'].includes(consumer.state) && !isHeldBack(consumer)
      );
    });
    if (waiting.length > 0) this.working = this.untilDone(waiting, consumers);
  }

  async stop(): Promise<void> {
    this.abort.abort();
    await this.working;
  }

  private async untilDone(executors: readonly Executor[], consumers: ReadonlyMap<string, Consumer>): Promise<void> {
    const backoff = new Backoff();
    this.context.log.catchingUp(executors.map((executor) => executor.name));
    const copied = new Map(executors.map((executor) => [executor, consumers.get(executor.name)!]));
    while (!this.abort.signal.aborted) {
      try {
        await this.round(copied);
        return;
      } catch (error) {
        if (this.abort.signal.aborted) return;
        this.context.log.failed('catching up from the tables failed; trying again', error);
        await new Promise((resolve) => setTimeout(resolve, backoff.next()));
      }
    }
  }

  private async round(consumers: Map<Executor, Consumer>): Promise<void> {
    const uncopied = [...consumers]
      .filter(([, consumer]) => consumer.state !== 'SNAPSHOTTING')
      .map(([executor]) => executor);
    if (uncopied.length > 0) {
      const point = await this.copyAllKeys(uncopied);
      for (const executor of uncopied) {
        consumers.set(executor, { ...consumers.get(executor)!, state: 'SNAPSHOTTING', snapshotPos: point });
      }
    }
    const done = await Promise.all(
      [...consumers].map(async ([executor, consumer]) => {
        const complete = await workThroughKeys(this.context, executor, this.sourceId, this.abort.signal);
        if (complete) await this.follow(executor, consumer.snapshotPos!);
        return complete;
      }),
    );
    if (done.some(Boolean)) this.restartStream();
  }

  /** The floor first: from now on the slot keeps what the snapshot may not show. */
  private async copyAllKeys(executors: readonly Executor[]): Promise<bigint> {
    const { db, settings } = this.context;
    const floor = this.acknowledged();
    await db.bookkeeping(async (tx) => {
      for (const executor of executors) await moveConsumer(tx, executor.name, { state: 'ONBOARDING', floor });
    });
    await this.holdSlot();
    const snapshot = await exportSnapshot(settings.replicationUrl, `${settings.slot}_catch_up_${process.pid}`);
    try {
      for (const executor of executors) await copyKeys(db, executor, snapshot.name);
    } finally {
      await snapshot.release();
    }
    await db.bookkeeping(async (tx) => {
      for (const executor of executors) {
        await moveConsumer(tx, executor.name, { state: 'SNAPSHOTTING', floor, snapshotPos: snapshot.consistentPoint });
      }
    });
    return snapshot.consistentPoint;
  }

  /** From here on the stream: its lanes begin where the snapshot ended. */
  private async follow(executor: Executor, from: bigint): Promise<void> {
    const keys = await this.context.db.bookkeeping(async (tx) => {
      const count = await forgetKeys(tx, executor);
      await tx.execute(`DELETE FROM cdc.checkpoint WHERE executor = $1`, [executor.name]);
      for (let part = 0; part < executor.lanes; part += 1) {
        const lane = { executor: executor.name, stream: this.context.settings.slot, part };
        await placeLane(tx, lane, { pos: from, idx: 0, module: executor.module, kind: 'lsn', sourceId: this.sourceId });
      }
      await moveConsumer(tx, executor.name, { state: 'RUNNING' });
      return count;
    });
    this.context.log.caughtUp(executor.name, keys);
  }
}
