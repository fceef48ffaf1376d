/** Divides a list into pieces of so many; the last may be shorter. */
export function inBatches<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, nth) => all.slice(nth * size, (nth + 1) * size));
}

/**
 * Takes each batch through all stages in their order. A stage takes one batch at a time, in order, and as soon as the
 * stage before is done with it, which goes on to the next one.
 */
export async function inStages<Batch>(
  batches: readonly Batch[],
  stages: readonly ((batch: Batch) => Promise<void>)[],
): Promise<void> {
  let before = batches.map(() => Promise.resolve());
  for (const stage of stages) {
    let last = Promise.resolve();
    before = batches.map((batch, nth) => (last = Promise.all([last, before[nth]]).then(() => stage(batch))));
  }
  await Promise.all(before);
}
