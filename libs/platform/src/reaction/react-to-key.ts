import type { ModuleTx } from '../database/module-tx.js';
import { failureKind } from '../database/sqlstate.js';
import type { Executor } from './executor.js';
import { hear } from './hear.js';
import type { IncomingChange } from './incoming-change.js';

/**
 * Lets the reaction hear the changes of one key, behind a savepoint. Gives the error, its writes undone, when this very
 * content fails, and null when it went well. A failure that is no key's own (a conflict, a lost connection, a missing
 * grant) is thrown and ends the transaction. Batches key by key, re-drive and sweep all go by this rule (reliability 3.8).
 */
export async function reactToKey(
  tx: ModuleTx,
  executor: Executor,
  changes: readonly IncomingChange[],
): Promise<unknown> {
  await tx.execute('SAVEPOINT one_key');
  try {
    await hear(executor, changes, tx);
    await tx.execute('RELEASE SAVEPOINT one_key');
    return null;
  } catch (error) {
    if (failureKind(error) !== 'other') throw error;
    await tx.execute('ROLLBACK TO SAVEPOINT one_key');
    return error ?? new Error('a reaction threw nothing');
  }
}
