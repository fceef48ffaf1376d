/** Repeatable chance: the same seed gives the same numbers. */
export interface Chance {
  /** A whole number from low to high, both included. */
  between(low: number, high: number): number;
  /** True in this share of cases. */
  happens(share: number): boolean;
  oneOf<T>(things: readonly T[]): T;
}

/** Makes it from numbers in [0, 1). */
export function chanceFrom(next: () => number): Chance {
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return { between, happens: (share) => next() < share, oneOf: (things) => things[between(0, things.length - 1)]! };
}
