import { onConnection } from '../../../libs/platform/src/postgres/admin-connection.js';
import { slotReader, type SlotReader } from './slot-reader.js';

/** The replication slot that a connector reads, as far as a stack has to do with it. */
export interface StackSlot {
  /** Who reads it just now. */
  reader(): Promise<SlotReader>;
  /** Takes it away; what it kept is in the tables. Throws 55006 when somebody reads it. */
  drop(): Promise<void>;
}

/** A slot on the server of these logins; looking at it needs another one than dropping it. */
export function stackSlot(urls: { readonly admin: string; readonly replication: string }, name: string): StackSlot {
  return {
    reader: () => slotReader(urls.admin, name),
    drop: () =>
      onConnection(urls.replication, async (client) => {
        await client.query(
          'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1',
          [name],
        );
      }),
  };
}
