import { captureTable } from '../change-stream/captured-table.js';
import { catalogOf, withClient } from '../change-stream/catalog/read-catalog.js';
import type { ChangeRow } from '../change-stream/change-event.js';
import { rowObject } from '../change-stream/row-text.js';
import { tableOf, type Contract } from '../contract/contract.js';
import type { ModuleTx } from '../database/module-tx.js';
import type { StreamEvent } from '../reaction/lane-queue.js';
import type { SnapshotKey } from './catch-up-keys.js';

/** Reads the rows of some keys as `r` events, one per key, in order. */
export type RowReader = (tx: ModuleTx, keys: readonly SnapshotKey[]) => Promise<StreamEvent[]>;

/**
 * Prepares to read a contract's rows as change events show them. Of a mutable contract only the key is given: its facts
 * are read by the reaction.
 */
export async function readRows(url: string, contract: Contract): Promise<RowReader> {
  if (contract.mutable) return async (_tx, keys) => keys.map((key) => eventOf(key, { [contract.key]: key.key }));
  const wanted = { schema: contract.schema, table: contract.table, keyColumns: [contract.key] };
  const catalog = await withClient(url, (client) => catalogOf(client, [wanted]));
  const definition = catalog.tables.get(`${contract.schema}.${contract.table}`)!;
  const table = captureTable(wanted, definition.columns, catalog);
  const texts = definition.columns.map((column) => `"${column.name}"::text`).join(', ');
  return async (tx, keys) => {
    const rows = await tx.query<{ id: string; texts: (string | null)[] }>(
      `SELECT id::text AS id, ARRAY[${texts}] AS texts FROM ${tableOf(contract)} WHERE id = ANY($1::uuid[])`,
      [keys.map((key) => key.rowId)],
    );
    const byId = new Map(rows.map((row) => [row.id, row.texts]));
    return keys.map((key) => eventOf(key, rowObject(table, byId.get(key.rowId) ?? [])));
  };
}

function eventOf(key: SnapshotKey, after: ChangeRow): StreamEvent {
  return {
    op: 'r',
    key: key.key,
    before: null,
    after,
    bytes: 300,
    position: { commitLsn: BigInt(key.ordinal) - 1n, index: 0 },
    envelopeJson: () =>
      JSON.stringify({ before: null, after, source: { snapshot: 'true' }, transaction: null, op: 'r' }),
  };
}
