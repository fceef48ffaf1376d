import type pg from 'pg';
import { rowsOf, type LeftTable, type Rows } from './left-rows.js';
import { inTransaction, insertOf, withConnections } from './raw-connections.js';
import { inBatches } from './batches.js';

/** All rows of some orders, the tables in the order in which they are written. */
export type BulkBatch = readonly Rows[];

/** Reads what orders have left behind, in batches of so many orders. */
export async function readForBulk(
  product: pg.Client,
  tables: readonly LeftTable[],
  orderIds: readonly string[],
  batchSize: number,
): Promise<BulkBatch[]> {
  const batches: BulkBatch[] = [];
  for (const ids of inBatches(orderIds, batchSize)) {
    const rows: Rows[] = [];
    for (const table of tables) rows.push(await rowsOf(product, table, ids));
    batches.push(rows);
  }
  return batches;
}

/** Writes the batches, each in one transaction with one statement for each table, over so many connections at once; gives the seconds. */
export async function writeInBulk(rawUrl: string, batches: readonly BulkBatch[], connections: number): Promise<number> {
  return withConnections(rawUrl, connections, async (clients) => {
    const startMs = performance.now();
    const left = batches.values();
    await Promise.all(clients.map((client) => writeAll(client, left)));
    return (performance.now() - startMs) / 1000;
  });
}

/** Connections share the iterator, so that each takes the next batch when it is free. */
async function writeAll(client: pg.Client, left: Iterable<BulkBatch>): Promise<void> {
  for (const batch of left) await inTransaction(client, batch.map(insertOf));
}
