import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import type { SourceKind } from './source-claim.js';

/** What Orderkeel's own reader calls itself. */
const OWN_READER = 'orderkeel change stream';
/** A reader that was just ended may hold the slot for a moment. */
const READER_ENDS_WITHIN_MS = 3_000;
const LOOK_MS = 100;

/** Keys of the locks, beside a hash of the slot's name. */
const KEYS: Readonly<Record<SourceKind, number>> = { embedded: 1, kafka: 2 };

/** Locks for this kind, as long as the session lasts, and gives who has locked for the other one; null when nobody has. */
export async function heldByOthers(client: Client, slot: string, kind: SourceKind): Promise<string | null> {
  await client.query('SELECT pg_advisory_lock_shared(hashtext($1), $2)', [slot, KEYS[kind]]);
  const { rows } = await client.query<{ others: string | null }>(
    `SELECT string_agg(DISTINCT coalesce(nullif(a.application_name, ''), 'backend ' || l.pid), ', ') AS others
       FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND l.classid = hashtext($1)::oid AND l.objid = $2::int::oid AND l.objsubid = 2`,
    [slot, KEYS[kind === 'embedded' ? 'kafka' : 'embedded']],
  );
  return rows[0]?.others ?? null;
}

/** Who reads the slot and is no Orderkeel, after a moment in which it may end; null when nobody does. */
export async function readByOthers(client: Client, slot: string): Promise<string | null> {
  const until = performance.now() + READER_ENDS_WITHIN_MS;
  for (;;) {
    const { rows } = await client.query<{ reader: string }>(
      `SELECT coalesce(nullif(a.application_name, ''), 'another program') AS reader
         FROM pg_replication_slots s JOIN pg_stat_activity a ON a.pid = s.active_pid
        WHERE s.slot_name = $1 AND s.database = current_database() AND a.application_name <> $2`,
      [slot, OWN_READER],
    );
    const reader = rows[0]?.reader ?? null;
    if (reader === null || performance.now() > until) return reader;
    await delay(LOOK_MS);
  }
}
