import type { ApiClient } from './api-client.js';
import type { ServerProblem } from './problem.js';
import { slices } from './slices.js';

/** What became of one item of a batch: the status of the single request, and the problem where there is one. */
export interface ItemResult {
  readonly index: number;
  readonly status: number;
  readonly problem?: ServerProblem;
}

/** Sends the items in order, in batches; the results stand in the order of the items, and `index` counts over all. */
export async function sendBatches(
  client: ApiClient,
  path: string,
  member: string,
  items: readonly object[],
): Promise<ItemResult[]> {
  const results: ItemResult[] = [];
  for (const slice of slices(items)) {
    const answer = await client.ask<{ results: readonly ItemResult[] }>('POST', path, { [member]: slice });
    const before = results.length;
    for (const result of answer.results) results[before + result.index] = { ...result, index: before + result.index };
  }
  return results;
}
