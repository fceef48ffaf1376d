const LARGEST = 5000;
const SMALLEST = 1;
/** A batch holds locks; longer than this and others wait for too long (reliability 3.3). */
const SLOW_MS = 250;
const FAST_MS = 120;

/** How many changes a batch may hold: halved when one was slow or conflicted, doubled when it was full and fast. */
export class BatchSize {
  private size = 200;

  get current(): number {
    return this.size;
  }

  /** Learns from a batch that committed. */
  took(ms: number, changes: number): void {
    if (ms > SLOW_MS) this.shrink();
    else if (ms < FAST_MS && changes >= this.size) this.size = Math.min(LARGEST, this.size * 2);
  }

  shrink(): void {
    this.size = Math.max(SMALLEST, Math.floor(this.size / 2));
  }
}
