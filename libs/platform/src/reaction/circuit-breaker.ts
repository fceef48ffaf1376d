/** More parked keys than these within the window are a systemic failure, not poison (reliability 3.8). */
const WINDOW_MS = 60_000;
const MAX_PARKED = 50;
const MAX_SHARE = 0.05;
/** Below so many keys a share says nothing. */
const MIN_KEYS_FOR_SHARE = 400;

/** Thrown instead of parking another key. */
class BreakerTripped extends Error {
  readonly code = 'breaker-tripped';
}

/** Watches how many keys an executor parks and refuses to park more when that cannot be the keys' fault. */
export class CircuitBreaker {
  private parkings: { atMs: number; keys: number }[] = [];
  private seen: { atMs: number; keys: number }[] = [];

  constructor(private readonly nowMs: () => number) {}

  /** Counts keys that were worked on. */
  worked(keys: number): void {
    this.seen.push({ atMs: this.nowMs(), keys });
    this.forget();
  }

  /** Counts keys that a committed batch has parked. */
  parked(keys: number): void {
    if (keys > 0) this.parkings.push({ atMs: this.nowMs(), keys });
  }

  /** Throws when parking so many more would be too many. */
  permit(more: number): void {
    this.forget();
    const parked = sum(this.parkings) + more;
    const worked = sum(this.seen);
    if (parked > MAX_PARKED || (worked >= MIN_KEYS_FOR_SHARE && parked > worked * MAX_SHARE)) {
      throw new BreakerTripped(
        `${parked} keys failed within a minute: this is not their fault, so the executor pauses; mend the cause and resume it`,
      );
    }
  }

  reset(): void {
    this.parkings = [];
    this.seen = [];
  }

  private forget(): void {
    const since = this.nowMs() - WINDOW_MS;
    this.parkings = this.parkings.filter((entry) => entry.atMs >= since);
    while (this.seen.length > 0 && this.seen[0]!.atMs < since) this.seen.shift();
  }
}

function sum(entries: readonly { keys: number }[]): number {
  return entries.reduce((total, entry) => total + entry.keys, 0);
}
