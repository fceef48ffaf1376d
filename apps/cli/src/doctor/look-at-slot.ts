import { onConnection } from '../../../server/src/index.js';
import { error, found, warning, well, type Finding, type Look } from './look.js';

interface SlotRow {
  readonly active: boolean;
  readonly lost: boolean;
  readonly walStatus: string | null;
  readonly retainedBytes: string | null;
  readonly reader: string | null;
  readonly readerPid: number | null;
}

const MIB = 1024 * 1024;
/** What one executor may hold back before it reads the tables instead (reliability 3.7). */
const MUCH_BYTES = 1024 * MIB;

/** The replication slot: what it retains, who reads it, and what removes it. */
export async function lookAtSlot(adminUrl: string, slot: string, serverRuns: boolean): Promise<Look> {
  const row = await readSlot(adminUrl, slot);
  if (!row) return noSlot(slot, serverRuns);
  const reader = row.active ? `read by ${row.reader || 'a program'} (backend ${row.readerPid})` : 'read by nobody now';
  const kept = `keeps ${(Number(row.retainedBytes ?? 0) / MIB).toFixed(0)} MiB of WAL`;
  return found('change stream', `slot ${slot} ${kept}, ${reader}`, ...findings(row, slot, serverRuns));
}

async function readSlot(adminUrl: string, slot: string): Promise<SlotRow | undefined> {
  return onConnection(adminUrl, async (client) => {
    const { rows } = await client.query<SlotRow>(
      `SELECT s.active, s.wal_status AS "walStatus",
              COALESCE(s.wal_status = 'lost' OR s.invalidation_reason IS NOT NULL, false) AS lost,
              pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn)::text AS "retainedBytes",
              a.application_name AS reader, s.active_pid AS "readerPid"
         FROM pg_replication_slots s LEFT JOIN pg_stat_activity a ON a.pid = s.active_pid
        WHERE s.slot_name = $1`,
      [slot],
    );
    return rows[0];
  });
}

function noSlot(slot: string, serverRuns: boolean): Look {
  const says = `slot ${slot} does not exist`;
  if (!serverRuns) return well('change stream', `${says} yet; the next start makes it`);
  const advice = 'the server makes it as soon as no transaction is open; its log says what it waits for';
  return found('change stream', says, error(`Nothing reads changes, for slot ${slot} is missing: ${advice}.`));
}

function* findings(row: SlotRow, slot: string, serverRuns: boolean): Generator<Finding> {
  const drop = `SELECT pg_drop_replication_slot('${slot}')`;
  if (row.lost)
    yield warning(
      `PostgreSQL has removed WAL that slot ${slot} needed. Nothing is lost: ${serverRuns ? 'the server' : 'the next start'} ` +
        `makes a new slot and reads the tables again.`,
    );
  else if (row.walStatus === 'unreserved')
    yield warning(`Slot ${slot} is about to be cut off: start Orderkeel, or see which executor is behind ("lag").`);
  if (serverRuns && !row.active && !row.lost)
    yield error(
      `A server runs, but nothing reads slot ${slot}: see the server's log, or start it anew; with Kafka, see "npm run stack:status".`,
    );
  if (Number(row.retainedBytes ?? 0) > MUCH_BYTES)
    yield warning(
      `Slot ${slot} keeps much WAL on the disk. Start Orderkeel or see what is behind ("lag"); if this installation is given ` +
        `up for good, ${drop} removes it.`,
    );
}
