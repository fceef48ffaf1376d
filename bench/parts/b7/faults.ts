import { onConnection } from '../../../libs/platform/src/postgres/admin-connection.js';
import { INVARIANTS } from '../../../test/kill/invariants.js';
import type { Installation } from '../../installation/installation.js';
import { untilAtRest } from '../../installation/progress.js';

/**
 * Which rules of an installation at rest are broken, with how many rows: what is to hold after kills as well. Each row of
 * the ledger is held to them too, so nothing was oversold in between either.
 */
export async function faultsOf(installation: Installation): Promise<string[]> {
  await untilAtRest(installation.url);
  const rules = [...INVARIANTS, NEVER_OVERSOLD];
  return onConnection(await installation.databaseUrl(), async (database) => {
    const faults: string[] = [];
    for (const { name, broken } of rules) {
      const { rowCount } = await database.query(broken);
      if (rowCount! > 0) faults.push(`${name}: ${rowCount}`);
    }
    return faults;
  });
}

const NEVER_OVERSOLD = {
  name: 'nothing was ever oversold',
  broken: `SELECT id FROM inventory.stock_ledger
            WHERE reserved_before + delta_reserved > on_hand_before + delta_on_hand OR on_hand_before + delta_on_hand < 0`,
};
