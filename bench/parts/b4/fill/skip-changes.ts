import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 30_000;

/**
 * Moves the slot, and with it all executors, behind what was written: nobody is to hear of it. The program must not be
 * running; its connection may take a moment to be missed.
 */
export async function skipChanges(database: pg.Client): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while ((await database.query('SELECT FROM pg_replication_slots WHERE active')).rowCount !== 0) {
    if (performance.now() > until) throw new Error('somebody still reads the slot');
    await delay(LOOK_EVERY_MS);
  }
  await database.query(
    `SELECT pg_replication_slot_advance(slot_name, pg_current_wal_flush_lsn()) FROM pg_replication_slots`,
  );
  await database.query(`UPDATE cdc.checkpoint AS c SET pos = s.confirmed_flush_lsn - '0/0'::pg_lsn, idx = 0
                          FROM pg_replication_slots AS s WHERE s.slot_name = c.stream`);
  await database.query(`UPDATE cdc.ack AS a SET acked_upto = s.confirmed_flush_lsn - '0/0'::pg_lsn
                          FROM pg_replication_slots AS s WHERE s.slot_name = a.slot`);
}
