import { onConnection } from '../../../libs/platform/src/postgres/admin-connection.js';

/** Who reads a slot: nobody, an Orderkeel by itself, or somebody else, which here is Debezium. */
export interface SlotReader {
  readonly is: 'nobody' | 'orderkeel' | 'debezium';
  /** The server's process for this reader: another one after each connection. */
  readonly pid: number | null;
  /** The LSN up to which its readers have confirmed it; null when there is no slot. */
  readonly confirmed: bigint | null;
}

/** What Orderkeel's own reader calls itself. */
const EMBEDDED_READER = 'orderkeel change stream';

/** Asks the server who reads the slot; a slot that does not exist is read by nobody. */
export async function slotReader(url: string, slot: string): Promise<SlotReader> {
  return onConnection(url, async (client) => {
    const { rows } = await client.query<{ reader: string | null; pid: number | null; confirmed: string | null }>(
      `SELECT a.application_name AS reader, s.active_pid AS pid, (s.confirmed_flush_lsn - '0/0')::text AS confirmed
         FROM pg_replication_slots s LEFT JOIN pg_stat_activity a ON a.pid = s.active_pid WHERE s.slot_name = $1`,
      [slot],
    );
    const { reader = null, pid = null, confirmed = null } = rows[0] ?? {};
    const is = pid === null ? 'nobody' : reader === EMBEDDED_READER ? 'orderkeel' : 'debezium';
    return { is, pid, confirmed: confirmed === null ? null : BigInt(confirmed) };
  });
}
