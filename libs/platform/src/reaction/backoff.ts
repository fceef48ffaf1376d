const FIRST_MS = 50;
const LONGEST_MS = 30_000;

/** Full jitter: a random wait below a bound that doubles from 50 ms to 30 s, so that no herd comes back at once. */
export class Backoff {
  private attempts = 0;

  constructor(private readonly random: () => number = Math.random) {}

  next(): number {
    const bound = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.attempts);
    this.attempts += 1;
    return Math.ceil(this.random() * bound);
  }

  reset(): void {
    this.attempts = 0;
  }
}
