import type { Flow } from '../../support/flow.js';

/** Stops programs that share the first one's database, and then drops it. */
export async function stopAll(flows: readonly Flow[]): Promise<void> {
  for (const flow of [...flows].reverse()) await flow.stopProgram();
  await flows[0]?.dropDatabase();
}
