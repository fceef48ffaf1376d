import { onConnection } from '../../../libs/platform/src/postgres/admin-connection.js';

/** Who reads a slot: nobody, an Orderkeel by itself, or somebody else, which here is Debezium. */
export interface SlotReader {
  readonly is: 'nobody' | 'orderkeel' | 'debezium';
  /** The server's process for this reader: another one after each connection. */
  readonly pid: number | null;
}

/** What Orderkeel's own reader calls itself. */
const EMBEDDED_READER = 'orderkeel change stream';

/** Asks the server who reads the slot; a slot that does not exist is read by nobody. */
export async function slotReader(url: string, slot: string): Promise<SlotReader> {
  return onConnection(url, async (client) => {
    const { rows } = await client.query<{ reader: string; pid: number }>(
      `SELECT coalesce(a.application_name, '') AS reader, a.pid
         FROM pg_replication_slots s JOIN pg_stat_activity a ON a.pid = s.active_pid WHERE s.slot_name = $1`,
      [slot],
    );
    if (rows[0] === undefined) return { is: 'nobody', pid: null };
    const { reader, pid } = rows[0];
    return { is: reader === EMBEDDED_READER ? 'orderkeel' : 'debezium', pid };
  });
}
