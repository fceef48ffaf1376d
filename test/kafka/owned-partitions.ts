import type { Flow } from '../support/flow.js';

/** The partitions of an executor's topic that a program has claimed, by its own metrics. */
export async function ownedPartitions(flow: Flow, executor: string): Promise<number[]> {
  const text = await (await fetch(`${flow.server.url}/metrics`)).text();
  const owned = text.matchAll(new RegExp(`^orderkeel_cdc_owner_epoch\\{executor="${executor}".*part="(\\d+)"`, 'gm'));
  return [...owned].map(([, part]) => Number(part)).sort((a, b) => a - b);
}
