import type pg from 'pg';
import { inBatches, inStages } from './batches.js';
import { columnOf, rowsOf, type LeftTable, type Rows } from './left-rows.js';
import { inTransaction, insertRaw, withConnections } from './raw-connections.js';

/** The rows of some orders, by the transaction that writes them. */
export interface DependentBatch {
  /** As they were received. */
  readonly intents: Rows;
  readonly orders: readonly Rows[];
  readonly reservations: readonly Rows[];
  /** How far each counter moves: ids, ledger rows, quantities. */
  readonly moves: readonly string[];
}

/** Reads what orders have left behind, in batches of so many orders. */
export async function readForDependent(
  product: pg.Client,
  tables: readonly LeftTable[],
  orderIds: readonly string[],
  batchSize: number,
): Promise<DependentBatch[]> {
  const batches: DependentBatch[] = [];
  for (const ids of inBatches(orderIds, batchSize)) batches.push(await readBatch(product, tables, ids));
  return batches;
}

async function readBatch(
  product: pg.Client,
  tables: readonly LeftTable[],
  ids: readonly string[],
): Promise<DependentBatch> {
  const read = async (wanted: (name: string) => boolean, condition?: string) => {
    const found: Rows[] = [];
    for (const table of tables.filter(({ name }) => wanted(name)))
      found.push(await rowsOf(product, table, ids, condition));
    return found;
  };
  const isHistory = (name: string) => name === '"order".order_status_history';
  const [intents] = await read((name) => name === '"order".order_intent');
  const orders = await read((name) => name === '"order"."order"');
  const submitted = await read(isHistory, `module = 'order'`);
  const reservations = await read((name) => name.startsWith('inventory.'));
  const reserved = await read(isHistory, `module = 'inventory'`);
  const { rows } = await product.query<{ moves: string[] }>(MOVES, [ids]);
  return {
    intents: received(intents!, ids.length),
    orders: [...orders, ...submitted],
    reservations: [...reservations, ...reserved],
    moves: rows[0]!.moves,
  };
}

/** An intent is answered after it was received; what is left behind has the answer. */
function received({ table, arrays }: Rows, count: number): Rows {
  const states = `{${Array.from({ length: count }, () => 'received').join(',')}}`;
  return { table, arrays: arrays.map((array, nth) => (table.columns[nth]!.name === 'state' ? states : array)) };
}

/**
 * Writes the batches as the product does, each in three transactions of which one begins when the one before has
 * committed, on a connection each; gives the seconds.
 */
export async function writeDependently(rawUrl: string, batches: readonly DependentBatch[]): Promise<number> {
  return withConnections(rawUrl, 3, async ([intake, ingestor, reserver]) => {
    const startMs = performance.now();
    await inStages(batches, [
      (batch) => inTransaction(intake!, () => insertRaw(intake!, batch.intents)),
      (batch) => inTransaction(ingestor!, () => accept(ingestor!, batch)),
      (batch) => inTransaction(reserver!, () => reserve(reserver!, batch)),
    ]);
    return (performance.now() - startMs) / 1000;
  });
}

async function accept(raw: pg.Client, { intents, orders }: DependentBatch): Promise<void> {
  await moveCheckpoint(raw, 'orderIntentIngestor');
  for (const rows of orders) await insertRaw(raw, rows);
  const answered = [columnOf(intents, 'id'), columnOf(intents, 'updated_at')];
  await raw.query({ name: 'answer', text: ANSWER, values: answered });
}

async function reserve(raw: pg.Client, { reservations, moves }: DependentBatch): Promise<void> {
  await moveCheckpoint(raw, 'inventoryReservationIntake');
  await raw.query({ name: 'move', text: MOVE, values: [...moves] });
  for (const rows of reservations) await insertRaw(raw, rows);
}

async function moveCheckpoint(raw: pg.Client, executor: string): Promise<void> {
  const { rowCount } = await raw.query({ name: 'fence', text: FENCE, values: [executor] });
  if (rowCount !== 1) throw new Error(`${executor} has ${rowCount} checkpoints; this writes as one lane does`);
}

const FENCE = `
UPDATE cdc.checkpoint SET pos = pos + 1, batches = batches + 1, updated_at = clock_timestamp() WHERE executor = $1`;

const ANSWER = `
UPDATE "order".order_intent AS i SET state = 'accepted', updated_at = a.updated_at
  FROM unnest($1::uuid[], $2::timestamptz[]) AS a(id, updated_at) WHERE i.id = a.id`;

const MOVES = `
SELECT ARRAY[array_agg(stock_id)::text, array_agg(entries)::text, array_agg(reserved)::text] AS moves
  FROM (SELECT stock_id, count(*) AS entries, sum(delta_reserved) AS reserved
          FROM inventory.stock_ledger WHERE order_id = ANY($1::uuid[]) GROUP BY stock_id ORDER BY stock_id) AS m`;

const MOVE = `
UPDATE inventory.stock AS s
   SET reserved = s.reserved + r.reserved, sequence = s.sequence + r.entries, updated_at = clock_timestamp()
  FROM unnest($1::uuid[], $2::bigint[], $3::numeric[]) AS r(id, entries, reserved) WHERE s.id = r.id`;
