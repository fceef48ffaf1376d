import { CatchUp } from '../catch-up/catch-up.js';
import { endInTime } from '../change-source/end-in-time.js';
import { ExecutorRun } from '../change-source/executor-run.js';
import { LaneWatch } from '../change-source/lane-watch.js';
import { Sweep } from '../change-source/sweep.js';
import { ReplicationReader } from '../change-stream/replication-reader.js';
import { assertOwned } from '../reaction/checkpoint.store.js';
import { moveConsumer, type Consumer } from '../reaction/consumer.store.js';
import type { Executor } from '../reaction/executor.js';
import type { LaneObserver } from '../reaction/lane-observer.js';
import { Lane } from '../reaction/lane.js';
import { ownPace } from '../reaction/lane-pace.js';
import { Redrive } from '../reaction/redrive.js';
import { Acknowledger } from './acknowledger.js';
import { isCaughtUp } from './caught-up.js';
import { claimLanes } from './claim-lanes.js';
import { Dispatcher } from './dispatcher.js';
import type { EmbeddedContext } from './embedded-source.js';
import { SlotChangeover } from './slot-changeover.js';
import { WalLimit } from './wal-limit.js';

/** The time in which this process reads the slot: from taking over until the stream ends. */
export class Leadership {
  readonly reader: ReplicationReader;
  private readonly dispatcher: Dispatcher;
  private readonly acknowledger: Acknowledger;
  private readonly walLimit: WalLimit;
  private readonly catchUp: CatchUp;
  private readonly redrive: Redrive;
  private readonly sweep: Sweep;
  private readonly ended: Promise<void>;
  private finish: (error: Error | null) => void = () => undefined;

  constructor(
    private readonly context: EmbeddedContext,
    sourceId: string,
    restart: () => void,
  ) {
    const { replicationUrl, ...settings } = context.settings;
    this.reader = new ReplicationReader({ url: replicationUrl, ...settings });
    this.ended = new Promise((resolve, reject) => {
      this.finish = (error) => (error ? reject(error) : resolve());
    });
    this.ended.catch(() => undefined);
    this.dispatcher = new Dispatcher(this.reader, () => this.acknowledger.committed());
    this.acknowledger = new Acknowledger(context, this, sourceId);
    this.walLimit = new WalLimit(context, this, this.acknowledger);
    this.catchUp = new CatchUp(context, new SlotChangeover(context, sourceId, this.acknowledger), restart);
    this.redrive = new Redrive(context, () => [...this.runs.values()].map((run) => run.executor));
    this.sweep = new Sweep(
      context,
      () => this.runs,
      (run, beforeMs) => isCaughtUp(this, context, run, beforeMs),
    );
  }

  /** The executors that run here, by name. */
  get runs(): ReadonlyMap<string, ExecutorRun> {
    return this.dispatcher.runs;
  }

  /** True once what the stream gives reaches the lanes: before, nothing can be said of their lag. */
  get begun(): boolean {
    return this.dispatcher.released;
  }

  /** Takes the slot; throws 55006 when somebody else has it. What arrives is held until the lanes are there. */
  async open(): Promise<void> {
    await this.reader.start(this.dispatcher.handlers((error) => this.finish(error)));
    this.dispatcher.hold();
  }

  /** Runs the executors until the stream ends. */
  async reign(consumers: ReadonlyMap<string, Consumer>): Promise<void> {
    const { executors, log } = this.context;
    const running = executors.filter((executor) => consumers.get(executor.name)?.state === 'RUNNING');
    for (const executor of running) await this.takeOver(executor);
    await this.acknowledger.begin();
    log.leading([...this.runs.keys()]);
    this.dispatcher.release();
    this.acknowledger.start();
    this.walLimit.start();
    this.redrive.poke();
    this.sweep.start();
    this.catchUp.start(consumers);
    await this.ended;
  }

  /** Ends the reign: in order when there is no error. */
  end(error: Error | null): void {
    this.finish(error);
  }

  /**
   * Finishes the batches at hand, acknowledges what is durable, and lets the slot go. A connection that has gone silent
   * must not keep the slot from a successor, whose fence refuses what is written late.
   */
  async close(): Promise<void> {
    this.dispatcher.close();
    await endInTime(this.finishWork(), this.context.log);
    await this.reader.stop();
  }

  private async finishWork(): Promise<void> {
    await this.walLimit.stop();
    await this.redrive.stop();
    await this.sweep.stop();
    await this.catchUp.stop();
    await Promise.all([...this.runs.values()].map((run) => run.stop()));
    await this.acknowledger.stop();
  }

  /**
   * The executor stops here and waits for a person. Until that is stored, its stopped lanes go on to hold the slot: what
   * they did not apply must come again.
   */
  private async pause(run: ExecutorRun, reason: string): Promise<void> {
    const { name } = run.executor;
    await run.stop();
    await this.context.db.bookkeeping(async (tx) => {
      for (const lane of run.lanes) await assertOwned(tx, lane.id, lane.epoch);
      await moveConsumer(tx, name, { state: 'PAUSED', held: true, reason }, ['RUNNING']);
    });
    await this.acknowledger.refresh();
    this.dispatcher.remove(name);
  }

  private async takeOver(executor: Executor): Promise<void> {
    const { clock, log } = this.context;
    const run = new ExecutorRun(executor, () => clock.nowMs());
    const watch = new LaneWatch(this.context, executor, run.breaker, {
      drained: () => {
        run.progressed();
        this.dispatcher.drained();
      },
      halted: (reason) => void this.pause(run, reason).catch((failure: unknown) => this.end(failure as Error)),
      lost: (error) => this.end(error),
      parked: () => this.redrive.poke(),
    });
    run.lanes = await this.lanesOf(executor, watch);
    if (run.lanes.length > 0) this.dispatcher.add(run);
    if (run.lanes.length !== executor.lanes) log.lanesKept(executor, run.lanes.length);
  }
  /** Takes its lanes over, so that a former owner's next batch fails. None: it has no checkpoint yet. */
  private async lanesOf(executor: Executor, observer: LaneObserver): Promise<Lane[]> {
    const { db, settings } = this.context;
    const claimed = await db.bookkeeping((tx) => claimLanes(tx, executor, settings.slot, settings.owner));
    const waitMs = (restedMs: number) => settings.batchWaitMs(executor, restedMs);
    return claimed.map(
      ({ lane, checkpoint }) => new Lane(db, executor, lane, checkpoint, observer, ownPace(db, executor, waitMs)),
    );
  }
}
