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

interface Counted {
  readonly atMs: number;
  readonly keys: number;
}

/**
 * Watches how many keys an executor parks and refuses to park more when that cannot be the keys' fault. Its lanes are
 * counted together, with what each means to park and has not committed yet: several that fail at once share one limit.
 */
export class CircuitBreaker {
  private parkings: Counted[] = [];
  private seen: Counted[] = [];
  private readonly meant = new Map<number, Counted>();

  constructor(private readonly nowMs: () => number) {}

  /** Counts keys that a batch has worked on. */
  worked(keys: number): void {
    this.seen.push(this.counted(keys));
    this.forget();
  }

  /** Counts keys that a committed batch of a lane has parked. */
  parked(lane: number, keys: number): void {
    this.meant.delete(lane);
    if (keys > 0) this.parkings.push(this.counted(keys));
  }

  /** A lane means to park so many keys with its batch. Throws when that would be too many. */
  permit(lane: number, keys: number): void {
    this.forget();
    this.meant.set(lane, this.counted(keys));
    const parked = sum(this.parkings) + sum([...this.meant.values()]);
    const worked = sum(this.seen);
    if (parked <= MAX_PARKED && (worked < MIN_KEYS_FOR_SHARE || parked <= worked * MAX_SHARE)) return;
    this.meant.delete(lane);
    throw new BreakerTripped(
      `${parked} keys failed within a minute: this is not their fault, so the executor pauses; mend the cause and resume it`,
    );
  }

  private counted(keys: number): Counted {
    return { atMs: this.nowMs(), keys };
  }

  private forget(): void {
    const since = this.nowMs() - WINDOW_MS;
    this.parkings = this.parkings.filter((entry) => entry.atMs >= since);
    while (this.seen.length > 0 && this.seen[0]!.atMs < since) this.seen.shift();
    for (const [lane, entry] of this.meant) if (entry.atMs < since) this.meant.delete(lane);
  }
}

function sum(entries: readonly Counted[]): number {
  return entries.reduce((total, entry) => total + entry.keys, 0);
}
