/** Reading that breaks earlier was no success: a reader that comes up only to break again keeps failing. */
const STEADY_MS = 10_000;

/** Since when a reader has been failing, through all its attempts. */
export class FailingSpell {
  private failedSinceMs: number | null = null;
  private readingSinceMs: number | null = null;

  /** When the first attempt failed after which none has read steadily, milliseconds since 1970; null: none has failed. */
  get sinceMs(): number | null {
    return this.failedSinceMs;
  }

  /** An attempt begins to read. */
  reads(nowMs: number): void {
    this.readingSinceMs = nowMs;
  }

  /** An attempt could not begin, or broke. */
  failed(nowMs: number): void {
    if (this.readingSinceMs !== null && nowMs - this.readingSinceMs >= STEADY_MS) this.failedSinceMs = null;
    this.readingSinceMs = null;
    this.failedSinceMs ??= nowMs;
  }

  /** Another one reads, so there is nothing to fail at. */
  standsBy(): void {
    this.failedSinceMs = null;
    this.readingSinceMs = null;
  }
}
