const LARGEST = 5000;
const SMALLEST = 1;
/** A batch holds locks; longer than this and others wait for too long (reliability 3.3). */
const SLOW_MS = 250;
const FAST_MS = 120;
/**
 * The batches of a process that was frozen wait for each other's rows. The server ends one that does nothing, and the next one
 * has just got its lock then: without a limit for the whole transaction a dozen of them hold up who takes over for minutes (seen:
 * 100 s). It is as long as a takeover may last (reliability 4.2, I10).
 */
const LIMIT_MS = 20_000;

/**
 * How much a batch may be: halved when it was slow or conflicted, doubled when it was full and fast; and how long its transaction
 * may last.
 */
export class BatchSize {
  private size = 200;
  private limit = LIMIT_MS;

  /** Changes. */
  get current(): number {
    return this.size;
  }

  /** Milliseconds until the server ends the transaction. */
  get limitMs(): number {
    return this.limit;
  }

  /** Learns from a batch that committed. */
  took(ms: number, changes: number): void {
    this.limit = LIMIT_MS;
    if (ms > SLOW_MS) this.shrink();
    else if (ms < FAST_MS && changes >= this.size) this.size = Math.min(LARGEST, this.size * 2);
  }

  shrink(): void {
    this.size = Math.max(SMALLEST, Math.floor(this.size / 2));
  }

  /** The server has ended a batch for its length: half of it may have twice the time, so that any work ends at last. */
  ended(): void {
    this.shrink();
    this.limit *= 2;
  }
}
