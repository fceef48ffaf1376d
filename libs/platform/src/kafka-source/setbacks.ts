import { codeOf, isTransient } from '../database/sqlstate.js';
import { Backoff } from '../reaction/backoff.js';
import { STALE_OWNER } from '../reaction/checkpoint.store.js';

/** So often within such a time may fail what should not. */
const LIMIT = 5;
const WITHIN_MS = 10 * 60_000;
/** A broker that has just come back refuses many questions in a row, quickly: the bound would be at half a minute then. */
const LONGEST_WAIT_MS = 5_000;

/** Counts what keeps an executor from reading, so that a process which cannot mend itself ends instead of idling (K8). */
export class Setbacks {
  private readonly backoff = new Backoff();
  private times: number[] = [];

  constructor(private readonly nowMs: () => number) {}

  /** How long to wait before trying again, milliseconds; null: it is no use. Who cannot be reached is waited for, for ever. */
  waitAfter(error: unknown): number | null {
    const now = this.nowMs();
    if (!isPassing(error)) this.times.push(now);
    this.times = this.times.filter((each) => each > now - WITHIN_MS);
    return this.times.length > LIMIT ? null : Math.min(this.backoff.next(), LONGEST_WAIT_MS);
  }

  /** It has come on: the next trouble is a new one. */
  forget(): void {
    this.backoff.reset();
  }
}

/** By shape, since errors may come from another realm, and kafkajs's wrap each other. */
function isPassing(error: unknown): boolean {
  if (codeOf(error) === STALE_OWNER || isTransient(error)) return true;
  const { name, retriable, cause } = (error ?? {}) as { name?: string; retriable?: boolean; cause?: unknown };
  if (retriable || name === 'KafkaJSNumberOfRetriesExceeded') return true;
  return cause !== undefined && isPassing(cause);
}
