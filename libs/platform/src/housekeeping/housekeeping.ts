import { Gauge } from 'prom-client';
import type { Metrics } from '../http/metrics/metrics.js';
import { reasonOf } from '../reaction/parking.store.js';
import type { LineLog } from '../reaction/stream-log.js';

/** Work that an installation needs from time to time and nobody asks for. */
export interface Chore {
  /** What it is called in logs and metrics, e.g. `months-ahead`. */
  readonly name: string;
  /** Does what is due. Safe to do again, also in several processes at once. */
  run(): Promise<unknown>;
}

/** Not while a start has better things to do. */
const FIRST_MS = 5 * 60_000;
const EVERY_MS = 24 * 60 * 60_000;
const RETRY_MS = 60_000;

/**
 * Does each chore once a day, a failed one again every minute. A failure shows as
 * `orderkeel_housekeeping_failing{chore} 1`, and is logged when it begins, changes or ends.
 */
export class Housekeeping {
  private readonly failing: Gauge<'chore'>;
  private readonly failures = new Map<string, string>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly rounds = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    private readonly chores: readonly Chore[],
    private readonly log: LineLog,
    { registry }: Metrics,
  ) {
    this.failing = new Gauge({
      name: 'orderkeel_housekeeping_failing',
      help: '1 while a chore fails; it is tried again every minute',
      labelNames: ['chore'],
      registers: [registry],
    });
  }

  start(): void {
    for (const chore of this.chores) {
      this.failing.set({ chore: chore.name }, 0);
      this.schedule(chore, FIRST_MS);
    }
  }

  /** Starts nothing more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.all(this.rounds);
  }

  private schedule(chore: Chore, ms: number): void {
    if (this.stopped) return;
    const begin = () => {
      const round = this.round(chore).finally(() => this.rounds.delete(round));
      this.rounds.add(round);
    };
    this.timers.set(chore.name, setTimeout(begin, ms).unref());
  }

  private async round(chore: Chore): Promise<void> {
    const failure = await chore.run().then(() => undefined, reasonOf);
    this.tell(chore.name, failure);
    this.schedule(chore, failure === undefined ? EVERY_MS : RETRY_MS);
  }

  private tell(chore: string, failure: string | undefined): void {
    const before = this.failures.get(chore);
    if (failure === before) return;
    this.failing.set({ chore }, failure === undefined ? 0 : 1);
    if (failure === undefined) {
      this.failures.delete(chore);
      this.log.info({ chore }, 'the chore is done again');
    } else {
      this.failures.set(chore, failure);
      this.log.error({ chore, error: failure }, 'a chore failed; it is tried again every minute');
    }
  }
}
