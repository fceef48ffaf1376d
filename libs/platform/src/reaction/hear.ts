import type { ModuleTx } from '../database/module-tx.js';
import type { Executor } from './executor.js';
import { coalesce, type IncomingChange } from './incoming-change.js';

/**
 * Lets an executor's reaction hear changes, of a mutable contract one for each key. Throws `unreadable-event` when one of
 * them cannot be read: what it was to say is not known, even where its key would be enough.
 */
export async function hear(executor: Executor, changes: readonly IncomingChange[], tx: ModuleTx): Promise<void> {
  const bad = changes.find(({ event }) => event.fault !== undefined);
  if (bad) {
    throw Object.assign(new Error(`an event of ${executor.contract.name} with key ${bad.key} ${bad.event.fault}`), {
      code: 'unreadable-event',
      retriable: false,
    });
  }
  await executor.reaction.react(coalesce(executor.contract, changes), tx);
}
