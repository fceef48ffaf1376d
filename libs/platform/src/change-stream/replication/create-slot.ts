import { withClient } from '../catalog/read-catalog.js';
import { parseLsn } from '../lsn.js';
import { streamError, withCode } from '../stream-error.js';
import { describeWriter, openWriters } from './open-writers.js';
import { connectForReplication, type ReplicationClient } from './replication-client.js';
import { sessionSettings } from './session-settings.js';
import { quoteIdentifier } from '../quote-identifier.js';

const SESSION_TIMEOUT_MS = 60_000;
const LOCK_NOT_AVAILABLE = '55P03';

/** How patiently a slot is made: it waits for every open transaction of the whole server that has written (F15). */
export interface SlotPatience {
  /** Longest wait of one attempt; default 3,000 ms. */
  readonly attemptMs?: number;
  /** Default 20. */
  readonly attempts?: number;
}

/** A snapshot that shows the database as of its consistent point, for as long as it is held. */
export interface ExportedSnapshot {
  /** For SET TRANSACTION SNAPSHOT. */
  readonly name: string;
  /** The snapshot shows what was committed before this LSN; a stream gives what was committed after. */
  readonly consistentPoint: bigint;
  /** Ends the connection that holds the snapshot, and drops its temporary slot. */
  release(): Promise<void>;
}

/**
 * Makes a permanent slot that follows a failover (F10) and returns its consistent point. Rejects with 42710 when it exists, and
 * with `slot-waits-for-writers`, naming the sessions, when transactions stay open.
 */
export async function createSlot(url: string, slot: string, patience: SlotPatience = {}): Promise<bigint> {
  const command = `CREATE_REPLICATION_SLOT ${quoteIdentifier(slot)} LOGICAL pgoutput (SNAPSHOT 'nothing', FAILOVER true)`;
  const { replication, row } = await createPatiently(url, slot, command, patience);
  await replication.client.end();
  return parseLsn(row.consistent_point);
}

/** Makes a temporary slot that exports its snapshot; the slot's name need only be unused. Errors as createSlot. */
export async function exportSnapshot(
  url: string,
  slot: string,
  patience: SlotPatience = {},
): Promise<ExportedSnapshot> {
  const command = `CREATE_REPLICATION_SLOT ${quoteIdentifier(slot)} TEMPORARY LOGICAL pgoutput (SNAPSHOT 'export')`;
  const { replication, row } = await createPatiently(url, slot, command, patience);
  return {
    name: row.snapshot_name,
    consistentPoint: parseLsn(row.consistent_point),
    release: () => replication.client.end(),
  };
}

interface SlotRow {
  readonly consistent_point: string;
  readonly snapshot_name: string;
}

interface CreatedSlot {
  readonly replication: ReplicationClient;
  readonly row: SlotRow;
}

async function createPatiently(
  url: string,
  slot: string,
  command: string,
  patience: SlotPatience,
): Promise<CreatedSlot> {
  const { attemptMs = 3_000, attempts = 20 } = patience;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await create(url, command, attemptMs);
    } catch (thrown) {
      const error = withCode(thrown, '08006');
      if (error.code !== LOCK_NOT_AVAILABLE) throw error;
      if (attempt >= attempts) throw await waitsForWriters(url, slot, error);
    }
  }
}

async function create(url: string, command: string, lockTimeoutMs: number): Promise<CreatedSlot> {
  const replication = await connectForReplication(url, sessionSettings(SESSION_TIMEOUT_MS, lockTimeoutMs));
  try {
    const result = await replication.client.query<SlotRow>(command);
    return { replication, row: result.rows[0] as SlotRow };
  } catch (error) {
    await replication.client.end().catch(() => undefined);
    throw error;
  }
}

async function waitsForWriters(url: string, slot: string, cause: Error): Promise<Error> {
  const writers = await withClient(url, openWriters);
  const names = writers.map(describeWriter).join('; ') || 'none is open any more';
  return streamError(
    'slot-waits-for-writers',
    `replication slot ${slot} waits for transactions that have written and stay open, in any database of the server; ` +
      `end these sessions or their transactions: ${names}`,
    cause,
  );
}
