import type { Flow } from '../../support/flow.js';

/** Stops programs that share the first one's database, and then drops it. */
export async function stopAll([first, ...others]: readonly Flow[]): Promise<void> {
  for (const other of others) await other.stopProgram();
  await first?.stop();
}
