const NAMES = {
  records: 'events_total',
  duplicatesSkipped: 'duplicates_skipped_total',
  fenceRejected: 'fence_rejected_total',
  retries: 'retries_total',
  rebalances: 'rebalances_total',
  sweepRepaired: 'sweep_repaired_total',
} as const;

/** What the change stream has counted, over all lives of all processes. */
export type Counts = Record<keyof typeof NAMES, number>;

/** Sums the counters of processes, which die with them. */
export class Counters {
  /** By address, which is another one in each life of a process. */
  private readonly lives = new Map<string, Counts>();

  get sums(): Counts {
    const sums = nothing();
    for (const counts of this.lives.values()) {
      for (const count of Object.keys(NAMES) as (keyof Counts)[]) sums[count] += counts[count];
    }
    return sums;
  }

  /** Takes what a process has counted in this life so far; one that does not answer is left as it was. */
  async read(url: string | null): Promise<void> {
    if (url === null) return;
    const text = await fetch(`${url}/metrics`).then(
      (answer) => answer.text(),
      () => null,
    );
    if (text === null) return;
    const counts = nothing();
    for (const line of text.split('\n')) {
      for (const [count, name] of Object.entries(NAMES) as [keyof Counts, string][]) {
        if (line.startsWith(`orderkeel_cdc_${name}{`)) counts[count] += Number(line.split(' ').at(-1));
      }
    }
    this.lives.set(url, counts);
  }
}

function nothing(): Counts {
  return { records: 0, duplicatesSkipped: 0, fenceRejected: 0, retries: 0, rebalances: 0, sweepRepaired: 0 };
}
