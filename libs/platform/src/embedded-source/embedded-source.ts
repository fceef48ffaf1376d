import type { ChangeSource } from '../change-source/change-source.js';
import { listenForControl, type ControlListener } from '../change-source/control-channel.js';
import type { ExecutorRun } from '../change-source/executor-run.js';
import { lagOf, type Lag } from '../change-source/lag.js';
import type { SourceContext, SourceSettings } from '../change-source/source-context.js';
import type { WantedTable } from '../change-stream/reader-options.js';
import { identifySystem } from '../change-stream/replication/identify-system.js';
import { codeOf } from '../database/sqlstate.js';
import { readConsumers, type Consumer } from '../reaction/consumer.store.js';
import { Backoff } from '../reaction/backoff.js';
import { Nap } from '../reaction/nap.js';
import { FailingSpell } from '../change-source/failing-spell.js';
import { refuseGaps } from './gaps.js';
import { Leadership } from './leadership.js';
import { receivedUpTo } from './received.js';
import { endOfWal, ensureSlot, readSlot } from './slot.js';

/** What the embedded source reads. */
export interface EmbeddedSourceSettings extends SourceSettings {
  readonly publication: string;
  readonly tables: readonly WantedTable[];
  /** Ends a silent connection on the server's side, and so decides how long a takeover takes; milliseconds. */
  readonly walSenderTimeoutMs?: number;
  /** WAL that one executor may hold back before it is sent to catch up from the tables instead; bytes. */
  readonly maxRetainedBytes: bigint;
}

/** All that the parts of the embedded source share. */
export type EmbeddedContext = SourceContext<EmbeddedSourceSettings>;

const STANDBY_MS = 1_000;
const SLOT_IN_USE = '55006';
const SLOT_LOST = new Set(['42704', '55000']);

/**
 * Reads PostgreSQL's change stream in this process and runs the executors on it. One process of an installation reads;
 * PostgreSQL refuses a second reader of the slot, so the others are standbys of the whole and take over (reliability 3.4).
 */
export class EmbeddedSource implements ChangeSource {
  readonly runsExecutors = true;
  private leadership: Leadership | null = null;
  private control: ControlListener | null = null;
  private stopping = false;
  private readonly failing = new FailingSpell();
  private loop: Promise<void> = Promise.resolve();
  private readonly nap = new Nap();

  constructor(private readonly context: EmbeddedContext) {}

  get reading(): boolean {
    return this.leading !== null;
  }

  get readsSlot(): boolean {
    return this.reading;
  }

  get failingSinceMs(): number | null {
    return this.reading ? null : this.failing.sinceMs;
  }

  get runs(): ReadonlyMap<string, ExecutorRun> {
    return this.leading?.runs ?? new Map<string, ExecutorRun>();
  }

  /** Knows the executors while this process leads, and then all of them. */
  async lags(nowMs: number): Promise<ReadonlyMap<string, Lag>> {
    const { leading } = this;
    if (!leading) return new Map();
    const received = await receivedUpTo(leading, await this.context.db.bookkeeping(endOfWal));
    const lagAt = (run: ExecutorRun): Lag => ({ ...lagOf(run, nowMs), ...(!received && { events: null }) });
    return new Map([...leading.runs].map(([name, run]) => [name, lagAt(run)]));
  }

  start(): void {
    const { replicationUrl: url, slot } = this.context.settings;
    this.control = listenForControl(url, slot, () => this.restart());
    this.loop = this.run();
  }

  /** Begins the stream anew from the checkpoints; after a catch-up, a resume, a change of state. */
  restart(): void {
    this.leadership?.end(null);
    this.nap.wake();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.restart();
    await this.loop;
    await this.control?.close();
  }

  private async run(): Promise<void> {
    const backoff = new Backoff();
    while (!this.stopping) {
      try {
        await this.lead(backoff);
      } catch (error) {
        if (this.stopping) return;
        await this.waitAfter(error, backoff);
      }
    }
  }

  /** Leads until the stream ends; throws when it cannot begin or has broken. */
  private async lead(backoff: Backoff): Promise<void> {
    const { settings, db, log, clock } = this.context;
    const { systemId, timeline } = await identifySystem(settings.replicationUrl);
    const sourceId = `${systemId}/${timeline}`;
    const madeAt = await ensureSlot(settings.replicationUrl, settings.slot);
    const slot = await readSlot(settings.replicationUrl, settings.slot);
    if (slot?.active) throw Object.assign(new Error('another process reads the change stream'), { code: SLOT_IN_USE });
    const leadership = new Leadership(this.context, sourceId, () => this.restart());
    await leadership.open();
    try {
      await refuseGaps(db, { slot: settings.slot, confirmed: slot?.confirmed ?? madeAt ?? 0n, madeAt, sourceId }, log);
      this.leadership = leadership;
      if (this.stopping) return;
      backoff.reset();
      this.failing.reads(clock.nowMs());
      await leadership.reign(await this.consumers());
    } finally {
      this.leadership = null;
      await leadership.close();
    }
  }

  /** The reign of this process; null while it is a standby, or takes over. */
  private get leading(): Leadership | null {
    return this.leadership?.begun ? this.leadership : null;
  }

  private async consumers(): Promise<Map<string, Consumer>> {
    return this.context.db.bookkeeping(readConsumers);
  }

  private async waitAfter(error: unknown, backoff: Backoff): Promise<void> {
    const code = codeOf(error);
    if (code === SLOT_IN_USE) {
      this.context.log.standby();
      this.failing.standsBy();
      backoff.reset();
      return this.nap.sleep(this.stopping ? 0 : STANDBY_MS);
    }
    this.failing.failed(this.context.clock.nowMs());
    this.context.log.streamBroken(error, SLOT_LOST.has(code));
    return this.nap.sleep(this.stopping ? 0 : backoff.next());
  }
}
