import { tableReads } from '../change-stream/table-reads.js';
import { tableOf, type Contract } from '../contract/contract.js';
import type { ModuleTx } from '../database/module-tx.js';
import type { SourceEvent } from '../reaction/incoming-change.js';
import type { StreamEvent } from '../reaction/lane-queue.js';
import type { SnapshotKey } from './snapshot-keys.store.js';

/** Reads the rows of some keys as `r` events, one per key, in order. */
export type RowReader = (tx: ModuleTx, keys: readonly SnapshotKey[]) => Promise<StreamEvent[]>;

/** What a key takes in a queue, roughly; bytes. */
const KEY_BYTES = 300;

/**
 * Prepares to read a contract's rows as change events show them. Of a mutable contract only the key is given: its facts
 * are read by the reaction.
 */
export async function readRows(url: string, topicPrefix: string, contract: Contract): Promise<RowReader> {
  if (contract.mutable) return async (_tx, keys) => keys.map((key) => placed(key, keyAlone(contract, key)));
  const collection = `${contract.schema}.${contract.table}`;
  const wanted = { schema: contract.schema, table: contract.table, keyColumns: [contract.key] };
  const table = (await tableReads([wanted], { url, topicPrefix })).get(collection)!;
  return async (tx, keys) => {
    const rows = await tx.query<{ id: string; texts: (string | null)[] }>(
      `SELECT id::text AS id, ${table.textsSql} AS texts FROM ${tableOf(contract)} WHERE id = ANY($1::uuid[])`,
      [keys.map((key) => key.rowId)],
    );
    const byId = new Map(rows.map((row) => [row.id, row.texts]));
    return keys.map((key) => placed(key, table.event(byId.get(key.rowId) ?? [], { xid: null, lsn: 0n, index: 0 })));
  };
}

/** A row that the reaction reads itself; the event says only which one it is. */
function keyAlone(contract: Contract, { key }: SnapshotKey): SourceEvent {
  const after = { [contract.key]: key };
  const envelopeJson = () =>
    JSON.stringify({ before: null, after, source: { snapshot: 'true' }, transaction: null, op: 'r' });
  return { op: 'r', before: null, after, envelopeJson };
}

/** The n-th key stands between the positions n-1 and n. */
function placed({ ordinal, key }: SnapshotKey, event: SourceEvent): StreamEvent {
  const position = { commitLsn: BigInt(ordinal) - 1n, index: 0 };
  return {
    op: 'r',
    key,
    position,
    bytes: KEY_BYTES,
    before: null,
    get after() {
      return event.after;
    },
    envelopeJson: () => event.envelopeJson(),
  };
}
