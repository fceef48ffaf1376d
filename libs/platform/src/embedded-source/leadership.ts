import type { ChangeEvent, ChangeTransaction } from '../change-stream/change-event.js';
import { ReplicationReader } from '../change-stream/replication-reader.js';
import { moveConsumer, type Consumer } from '../reaction/consumer.store.js';
import type { StreamTransaction } from '../reaction/lane-queue.js';
import { Redrive } from '../reaction/redrive.js';
import { Acknowledger } from './acknowledger.js';
import { CatchUp } from './catch-up.js';
import type { SourceContext } from './embedded-source.js';
import { ExecutorRun } from './executor-run.js';
import { LaneWatch } from './lane-watch.js';

/** Queued changes that are too many for memory, and few enough to read on; bytes. */
const PAUSE_AT_BYTES = 16 * 1024 * 1024;
const RESUME_AT_BYTES = 4 * 1024 * 1024;

/** The time in which this process reads the slot: from taking over until the stream ends. */
export class Leadership {
  readonly runs = new Map<string, ExecutorRun>();
  readonly reader: ReplicationReader;
  private readonly hearers = new Map<string, ExecutorRun[]>();
  private readonly acknowledger: Acknowledger;
  private readonly catchUp: CatchUp;
  private readonly redrive: Redrive;
  private readonly ended: Promise<void>;
  private finish: (error: Error | null) => void = () => undefined;
  private transaction: StreamTransaction | null = null;
  private held: (() => void)[] | null = [];
  private paused = false;
  private closed = false;

  constructor(
    private readonly context: SourceContext,
    private readonly sourceId: string,
    restart: () => void,
  ) {
    const { replicationUrl, ...settings } = context.settings;
    this.reader = new ReplicationReader({ url: replicationUrl, ...settings });
    this.ended = new Promise((resolve, reject) => {
      this.finish = (error) => (error ? reject(error) : resolve());
    });
    this.ended.catch(() => undefined);
    this.acknowledger = new Acknowledger(context, this, sourceId);
    this.catchUp = new CatchUp(
      context,
      sourceId,
      () => this.acknowledger.acknowledged,
      () => this.acknowledger.refresh(),
      restart,
    );
    this.redrive = new Redrive(context);
  }

  /** Takes the slot; throws 55006 when somebody else has it. What arrives is held until the lanes are there. */
  async open(): Promise<void> {
    await this.reader.start({
      onBegin: (transaction) => this.whenReady(() => this.begin(transaction)),
      onChange: (event) => this.whenReady(() => this.change(event)),
      onCommit: (_transaction, endLsn) => this.whenReady(() => this.commit(endLsn)),
      onKeepalive: () => undefined,
      onClosed: (error) => this.finish(error),
    });
    if (this.held) this.reader.pause();
  }

  /** Runs the executors until the stream ends. */
  async reign(consumers: ReadonlyMap<string, Consumer>): Promise<void> {
    const { executors, log } = this.context;
    const running = executors.filter((executor) => consumers.get(executor.name)?.state === 'RUNNING');
    for (const executor of running) await this.takeOver(executor.name);
    await this.acknowledger.begin();
    log.leading([...this.runs.keys()]);
    this.release();
    this.acknowledger.start();
    this.redrive.start(running);
    this.catchUp.start(consumers);
    await this.ended;
  }

  /** Ends the reign: in order when there is no error. */
  end(error: Error | null): void {
    this.finish(error);
  }

  /** Finishes the batches at hand, acknowledges what is durable, and lets the slot go. */
  async close(): Promise<void> {
    this.closed = true;
    this.reader.pause();
    await this.redrive.stop();
    await this.catchUp.stop();
    await Promise.all([...this.runs.values()].map((run) => run.stop()));
    await this.acknowledger.stop();
    this.runs.clear();
    await this.reader.stop();
  }

  /** Bytes of the changes that wait in the lanes. */
  get queuedBytes(): number {
    let bytes = 0;
    for (const run of this.runs.values()) for (const lane of run.lanes) bytes += lane.bytes;
    return bytes;
  }

  /** The executor stops here and is in another state; its events come again after a restart. */
  async drop(executor: string, reason: string, state: 'PAUSED' | 'NEEDS_SNAPSHOT'): Promise<void> {
    const run = this.runs.get(executor);
    this.runs.delete(executor);
    this.hearers.clear();
    for (const other of this.runs.values()) this.listen(other);
    await run?.stop();
    await this.context.db.bookkeeping((tx) => moveConsumer(tx, executor, { state, reason }));
    await this.acknowledger.refresh();
  }

  private async takeOver(name: string): Promise<void> {
    const { db, clock, settings, executors } = this.context;
    const executor = executors.find((each) => each.name === name)!;
    const run = new ExecutorRun(db, executor, settings.slot, () => clock.nowMs());
    const watch = new LaneWatch(this.context, run.breaker, {
      drained: () => {
        run.progressed();
        this.resumeWhenDrained();
      },
      halted: (error) =>
        void this.drop(name, error.message, 'PAUSED').catch((failure: unknown) => this.end(failure as Error)),
      lost: (error) => this.end(error),
      parked: () => this.redrive.poke(),
    });
    if (await run.takeOver(settings.owner, watch, () => settings.batchWaitMs(executor))) {
      this.runs.set(name, run);
      this.listen(run);
    }
  }

  private listen(run: ExecutorRun): void {
    const collection = `${run.executor.contract.schema}.${run.executor.contract.table}`;
    this.hearers.set(collection, [...(this.hearers.get(collection) ?? []), run]);
  }

  private begin(transaction: ChangeTransaction): void {
    this.transaction = {
      commitLsn: transaction.commitLsn,
      endLsn: null,
      committedAtMs: Math.floor(transaction.commitTimeUs / 1000),
    };
  }

  private change(event: ChangeEvent): void {
    const hearers = this.hearers.get(event.collection);
    if (!hearers || !this.transaction) return;
    for (const run of hearers) run.accept(event, this.transaction);
    if (!this.paused && this.queuedBytes > PAUSE_AT_BYTES) {
      this.paused = true;
      this.reader.pause();
    }
  }

  private commit(endLsn: bigint): void {
    if (this.transaction) this.transaction.endLsn = endLsn;
    this.transaction = null;
    this.acknowledger.committed();
  }

  private resumeWhenDrained(): void {
    if (!this.paused || this.closed || this.queuedBytes > RESUME_AT_BYTES) return;
    this.paused = false;
    this.reader.resume();
  }

  private whenReady(handle: () => void): void {
    if (this.held) this.held.push(handle);
    else handle();
  }

  private release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const handle of held) handle();
    if (!this.paused) this.reader.resume();
  }
}
