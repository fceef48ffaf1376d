import type { ModuleTx } from '../database/module-tx.js';
import { createSlot } from '../change-stream/replication/create-slot.js';
import { parseLsn } from '../change-stream/lsn.js';
import { streamError } from '../change-stream/stream-error.js';
import { codeOf } from '../database/sqlstate.js';
import { withClient } from '../change-stream/catalog/read-catalog.js';

/** What the server says of our slot. */
export interface SlotFacts {
  readonly active: boolean;
  readonly confirmed: bigint;
  /** The server has removed WAL that the slot needed; it can never be read again. */
  readonly lost: boolean;
}

interface SlotRow {
  readonly active: boolean;
  readonly confirmed: string | null;
  readonly lost: boolean;
  /** Null when it is for physical replication. */
  readonly database: string | null;
  readonly ours: boolean;
}

/** Reads the slot; null when it does not exist. Throws `slot-taken` when it is another database's. */
export async function readSlot(url: string, slot: string): Promise<SlotFacts | null> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<SlotRow>(
      `SELECT active, confirmed_flush_lsn::text AS confirmed, COALESCE(wal_status = 'lost' OR invalidation_reason IS NOT NULL, false) AS lost,
              database, database IS NOT DISTINCT FROM current_database() AS ours
         FROM pg_replication_slots WHERE slot_name = $1`,
      [slot],
    );
    const row = rows[0];
    if (!row) return null;
    if (!row.ours) throw slotTaken(slot, row.database);
    return { active: row.active, confirmed: parseLsn(row.confirmed ?? '0/0'), lost: row.lost };
  });
}

/** Makes sure that a readable slot exists; gives its consistent point when it had to be made anew. */
export async function ensureSlot(url: string, slot: string): Promise<bigint | null> {
  const facts = await readSlot(url, slot);
  if (facts && !facts.lost) return null;
  if (facts) await withClient(url, (client) => client.query('SELECT pg_drop_replication_slot($1)', [slot]));
  try {
    return await createSlot(url, slot);
  } catch (error) {
    if (codeOf(error) === '42710') return null;
    throw error;
  }
}

/** Worth trying again: whoever has it may drop it. */
function slotTaken(slot: string, database: string | null): Error {
  const holder = database === null ? 'a standby' : `database ${database}`;
  return streamError(
    'slot-taken',
    `the replication slot ${slot} belongs to ${holder} of this server; use another ORDERKEEL_NAMESPACE`,
  );
}

/** Where the server's WAL ends, as far as it is durable: never below what any slot was sent. */
export async function endOfWal(tx: ModuleTx): Promise<bigint> {
  const [row] = await tx.query<{ lsn: string }>('SELECT pg_current_wal_flush_lsn()::text AS lsn');
  return parseLsn(row!.lsn);
}
